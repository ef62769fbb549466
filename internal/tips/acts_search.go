package tips

import (
	"context"
	"strings"

	"baken/internal/fault"
	"baken/internal/kernel/work"
)

// Search finds the tips that hold all words of a name, for somebody who asks what is
// held on them (AVG 15). Nothing is indexed: each tip is opened for this question and
// the log says so. It gives rows and none of the text.
func (m *Room) Search(ctx context.Context, who work.Actor, name string) (found []Row, err error) {
	wanted := words(name)
	if len(strings.Join(wanted, "")) < 3 {
		return nil, wrong("name", "search-short")
	}
	o := &m.Office
	err = o.Keep.See(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := o.Book.RequireFor(u, SearchAct, kind(), "rights"); err != nil {
			return err
		}
		all, err := rows(u, o.Book, SearchAct, false)
		if err != nil {
			return err
		}
		for _, r := range all {
			g, err := o.Book.RequireFor(u, SearchAct, o.Ref(r.ID), "rights")
			if err != nil {
				return err
			}
			h, entries, err := o.Journal.Load(u, g, o.Ref(r.ID))
			if fault.KindOf(err) == fault.NotFound {
				continue // destroyed at this moment
			}
			if err != nil {
				return err
			}
			t, err := o.Kind.Fold(h, entries)
			if err != nil {
				return err
			}
			if holds(t.everything(), wanted) {
				found = append(found, r)
			}
		}
		return nil
	})
	return found, err
}

// everything is what a tip says in words, wherever it says it.
func (r Tip) everything() string {
	var b strings.Builder
	for _, p := range r.Parts {
		b.WriteString(p.Original + " " + p.Summary + " ")
	}
	for _, l := range r.Lookups {
		b.WriteString(l.Subject + " " + l.Why + " " + l.Answer + " ")
	}
	for _, f := range r.Findings {
		b.WriteString(f.Words + " ")
	}
	for _, u := range r.Uses {
		b.WriteString(u.Why + " ")
	}
	return b.String() + r.OutcomeWhy
}

// holds reports whether a text has all words, in any order.
func holds(text string, wanted []string) bool {
	has := map[string]bool{}
	for _, w := range words(text) {
		has[w] = true
	}
	for _, w := range wanted {
		if !has[w] {
			return false
		}
	}
	return true
}
