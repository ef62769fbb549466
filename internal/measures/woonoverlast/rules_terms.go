package woonoverlast

import (
	"fmt"

	"baken/internal/kernel/deadlines"
)

// Terms are all terms of a file: a pure function of the record, so that they are computed
// anew when a fact, a decree or a rule changes. What is suspended, withdrawn, revoked or
// annulled asks nothing more.
func (r Woonoverlast) Terms(c *deadlines.Calendar) []Term {
	var out []Term
	add := func(key, code string, number int, done, maybe bool, q deadlines.Question) {
		out = append(out, Term{Key: key, Code: code, Number: number, Question: q, Done: done || r.Stage == Closed, Maybe: maybe})
	}
	from := func(id string, w deadlines.When) deadlines.Question { return deadlines.Question{ID: id, Start: w} }
	day := func(id string, d deadlines.Day) deadlines.Question { return from(id, deadlines.OnDay(d)) }
	given := func(id string, d deadlines.Day, days int) deadlines.Question {
		q := day(id, d)
		q.Params = map[string]string{"length": fmt.Sprint(days), "unit": "day"}
		return q
	}
	if i := r.Intention; i != nil {
		add("view", "view", 0, r.View != nil || r.Decision != nil || r.Refusal != "", false, given("AWB-4.8", i.Sent, i.ViewDays))
	}
	if r.Published == nil {
		return out
	}
	on, off := r.Published.On, r.Stage == Over || r.Stage == Suspended
	add("objection", "objection", 0, len(r.Objections) > 0, false, day("AWB-6.7", on))
	if r.Draft.ComplyDays > 0 {
		id := "LOD-5.32a"
		if r.Draft.Enforce == "bestuursdwang" {
			id = "BD-5.24.2"
		}
		add("comply", "comply", 0, off || r.inspectedAfter(r.complyBy()), false, given(id, on, r.Draft.ComplyDays))
	}
	for _, s := range r.Sums {
		if s.Void {
			continue
		}
		add(fmt.Sprintf("pay-%d", s.Number), "pay", s.Number, s.Handed != "", false, day("LOD-5.33", s.On))
		add(fmt.Sprintf("limit-%d", s.Number), "limit", s.Number, s.Handed != "", false, day("LOD-5.35", s.On))
	}
	for i, x := range r.Applied {
		if x.Costs > 0 {
			add(fmt.Sprintf("costs-%d", i+1), "costs", i+1, x.Handed != "", false, day("BD-5.25.6", x.On))
		}
	}
	for i, b := range r.Bans {
		if b.Announced == nil {
			continue
		}
		n, start := i+1, b.Announced.At
		then := r
		then.Bans = r.Bans[:n]
		extended := then.BanEnds(c) != then.tenDays(c)
		stopped := off || n < len(r.Bans) || b.Stopped != nil || then.annulled("ban") || len(b.Off) > 0 && b.Off[len(b.Off)-1].To.IsZero()
		add(fmt.Sprintf("ban-%d", n), "ban", n, stopped || extended, false, from("G151d.3", start))
		add(fmt.Sprintf("ban-most-%d", n), "ban-most", n, stopped, !extended, from("WTH-D8", start))
		if w := b.Counsel; w != nil && w.Wanted {
			add(fmt.Sprintf("counsel-%d", n), "counsel", n, w.Name != "", false, from("WTH-D5", w.At))
		}
		add(fmt.Sprintf("ban-appeal-%d", n), "ban-appeal", n, r.appealed("ban", n, "rechtbank"), false, day("WTH-D12", start.Day))
	}
	for i, o := range r.Objections {
		n := i + 1
		add(fmt.Sprintf("decide-objection-%d", n), "decide-objection", n, o.DecidedOn != deadlines.NoDay, false, r.termOf(o))
		if o.DecidedOn != deadlines.NoDay && o.Outcome != "withdrawn" {
			add(fmt.Sprintf("appeal-%d", n), "appeal", n, r.appealed("order", 0, "rechtbank"), false, day("AWB-6.7", o.DecidedOn))
		}
	}
	for i, x := range r.Reliefs {
		if x.Against == "ban" {
			add(fmt.Sprintf("hearing-%d", i+1), "hearing", i+1, !x.RuledAt.At.IsZero(), false, day("WTH-D6", x.Received))
		}
	}
	for i, a := range r.Appeals {
		if a.JudgedOn == deadlines.NoDay {
			continue
		}
		if a.Against == "ban" {
			add(fmt.Sprintf("copy-%d", i+1), "copy", i+1, a.CopyOn != deadlines.NoDay, false, day("WTH-D9", a.JudgedOn))
		}
		if a.Court == "rechtbank" {
			add(fmt.Sprintf("higher-%d", i+1), "higher", i+1, r.appealed(a.Against, a.Ban, "afdeling"), false, day("AWB-8.104", a.SentOn))
		}
	}
	return out
}

// inspectedAfter says whether somebody looked after the term to comply: then its end asks
// nothing more.
func (r Woonoverlast) inspectedAfter(d deadlines.Day) bool {
	n := len(r.Inspections)
	return n > 0 && r.Inspections[n-1].At.Day > d
}

func (r Woonoverlast) appealed(against string, ban int, court string) bool {
	for _, a := range r.Appeals {
		if a.Against == against && a.Ban == ban && a.Court == court {
			return true
		}
	}
	return false
}
