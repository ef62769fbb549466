package gebiedsverbod

import (
	"fmt"

	"baken/internal/kernel/deadlines"
)

// Terms are all terms of a file: a pure function of the record, so that they are computed
// anew when a fact, a decree or a rule changes. What is suspended, withdrawn, revoked or
// annulled asks nothing more. The end of the order is its own (Ends), not a term of a
// law; what the law lets it run stands here as the latest end.
func (r Gebiedsverbod) Terms(c *deadlines.Calendar) []Term {
	var out []Term
	add := func(key, code string, number int, done, maybe bool, q deadlines.Question) {
		out = append(out, Term{Key: key, Code: code, Number: number, Question: q, Done: done || r.Stage == Closed, Maybe: maybe})
	}
	day := func(id string, d deadlines.Day) deadlines.Question {
		return deadlines.Question{ID: id, Start: deadlines.OnDay(d)}
	}
	if i := r.Intention; i != nil {
		q := day("AWB-4.8", i.Sent)
		q.Params = map[string]string{"length": fmt.Sprint(i.ViewDays), "unit": "day"}
		add("view", "view", 0, r.View != nil || r.Decision != nil || r.Refusal != "", false, q)
	}
	if r.Published == nil {
		return out
	}
	off := r.Stage == Over || r.Stage == Suspended
	start := deadlines.AtMoment(r.Starts())
	b, _ := basisOf(r.Basis)
	switch {
	case b.long && r.Draft.Unit == "moments":
		// The span of 24 months is that of the moments themselves.
		first := start.Day
		if list, _ := parseMoments(r.Draft.Moments); len(list) > 0 {
			first = list[0].day
		}
		add("most", "most", 0, off, false, day("G172a.6b", first))
	case b.long:
		q := day("G172a.6a", start.Day)
		q.Params = map[string]string{"extensions": fmt.Sprint(r.served())}
		add("most", "most", 0, off, false, q)
	case b.child:
		add("most", "most", 0, off, false, day("G172b", start.Day))
	case b.code == "light":
		q := deadlines.Question{ID: "G172.3", Start: start, Params: map[string]string{"length": fmt.Sprint(r.Draft.Count), "unit": "hour"}}
		add("most", "most", 0, off, false, q)
	}
	add("objection", "objection", 0, len(r.Objections) > 0, false, day("AWB-6.7", r.lastServed()))
	for i, o := range r.Objections {
		n := i + 1
		add(fmt.Sprintf("decide-objection-%d", n), "decide-objection", n, o.DecidedOn != deadlines.NoDay, false, r.termOf(o))
		if o.DecidedOn != deadlines.NoDay && o.Outcome != "withdrawn" {
			add(fmt.Sprintf("appeal-%d", n), "appeal", n, r.appealed("rechtbank"), false, day("AWB-6.7", o.DecidedOn))
		}
	}
	for i, a := range r.Appeals {
		if a.JudgedOn != deadlines.NoDay && a.Court == "rechtbank" {
			add(fmt.Sprintf("higher-%d", i+1), "higher", i+1, r.appealed("afdeling"), false, day("AWB-8.104", a.SentOn))
		}
	}
	return out
}

func (r Gebiedsverbod) appealed(court string) bool {
	for _, a := range r.Appeals {
		if a.Court == court {
			return true
		}
	}
	return false
}
