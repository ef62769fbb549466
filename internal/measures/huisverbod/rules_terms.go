package huisverbod

import (
	"fmt"

	"baken/internal/kernel/deadlines"
)

// Terms are all terms of a file: a pure function of the record, so that they are
// computed anew when a fact, a decree or a rule changes. A ban that is over asks for no
// extension; what the law asks because it was imposed goes on.
func (r Huisverbod) Terms(c *deadlines.Calendar) []Term {
	var out []Term
	add := func(key, code string, number int, done, maybe bool, q deadlines.Question) {
		out = append(out, Term{Key: key, Code: code, Number: number, Question: q, Done: done || r.Stage == Closed && code != "keep", Maybe: maybe})
	}
	from := func(id string, w deadlines.When) deadlines.Question { return deadlines.Question{ID: id, Start: w} }
	day := func(id string, d deadlines.Day) deadlines.Question { return from(id, deadlines.OnDay(d)) }
	if r.Announced == nil {
		return nil
	}
	start, off := r.start(), r.Stage == Over || r.Stage == Suspended
	extended := r.Stage == Extended
	add("ban", "ban", 0, off || extended, false, from("WTH-D1", start))
	add("maximum", "maximum", 0, off, !extended, from("WTH-D8", start))
	add("reach", "reach", 0, len(r.Reached) > 0 || r.Stage == Over, false, from("WTH-D2", start))
	switch r.Announced.How {
	case "oral":
		add("written", "written", 0, r.Written != nil, false, from("WTH-D3", start))
	case "unknown":
		add("written", "deposit", 0, r.Written != nil, false, from("WTH-D3b", start))
	}
	told := map[int]bool{} // rulings of which somebody must still hear
	for _, x := range r.tellings() {
		switch x.about {
		case "ban":
			add("notice-"+x.to, "notice-"+x.to, 0, x.done, false, from("WTH-D4", x.since))
		case "extension":
			add(fmt.Sprintf("notice-%d-%s", x.number, x.to), "extension-"+x.to, x.number, x.done, false, from("WTH-D4", x.since))
		case "ruling":
			told[x.number] = told[x.number] || !x.done
		}
	}
	if w := r.Counsel; w != nil && w.Wanted {
		add("counsel", "counsel", 0, w.Name != "", false, from("WTH-D5", w.At))
	}
	if r.Written != nil {
		add("appeal", "appeal", 0, r.appealed("rechtbank"), false, day("WTH-D12", r.Written.At.Day))
	}
	for i, x := range r.Reliefs {
		n, ruled := i+1, !x.RuledAt.At.IsZero()
		add(fmt.Sprintf("hearing-%d", n), "hearing", n, ruled || !x.HeardAt.At.IsZero(), false, day("WTH-D6", x.Received))
		if !x.HeardAt.At.IsZero() {
			add(fmt.Sprintf("ruling-%d", n), "ruling", n, ruled, false, from("WTH-D7", x.HeardAt))
		}
		if ruled {
			add(fmt.Sprintf("tell-%d", n), "tell", n, !told[n], false, from("WTH-D10", x.RuledAt))
		}
	}
	for i, a := range r.Appeals {
		if a.JudgedOn == deadlines.NoDay {
			continue
		}
		add(fmt.Sprintf("copy-%d", i+1), "copy", i+1, a.CopyOn != deadlines.NoDay, false, day("WTH-D9", a.JudgedOn))
		if a.Court == "rechtbank" {
			add("higher", "higher", 0, r.appealed("afdeling"), false, day("AWB-8.104", a.SentOn))
		}
	}
	add("keep", "keep", 0, false, false, day("WTH-D11", start.Day))
	return out
}

// toTell are who must be told of the ban without delay: the household, the designated
// help organisation and, with children, Veilig Thuis (Wth 2 lid 8).
func (r Huisverbod) toTell() []string {
	out := []string{"household", "help"}
	if len(r.Report.Children) > 0 {
		out = append(out, "veilig-thuis")
	}
	return out
}

func (r Huisverbod) appealed(court string) bool {
	for _, a := range r.Appeals {
		if a.Court == court {
			return true
		}
	}
	return false
}
