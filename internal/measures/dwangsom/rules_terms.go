package dwangsom

import (
	"fmt"

	"baken/internal/kernel/deadlines"
)

// Terms are all terms of a file: a pure function of the record, so that they are
// computed anew when a fact, a decree or a rule changes.
func (r Dwangsom) Terms(c *deadlines.Calendar) []Term {
	var out []Term
	add := func(key, code string, number int, done, maybe bool, q deadlines.Question) {
		out = append(out, Term{Key: key, Code: code, Number: number, Question: q, Done: done || r.Stage == Closed, Maybe: maybe})
	}
	day := func(id string, from deadlines.Day) deadlines.Question {
		return deadlines.Question{ID: id, Start: deadlines.OnDay(from)}
	}
	given := func(id string, from, until deadlines.Day) deadlines.Question {
		q := day(id, from)
		q.Params = map[string]string{"length": fmt.Sprint(int(until - from)), "unit": "day"}
		return q
	}
	if r.IntentionOn != deadlines.NoDay {
		add("view", "view", 0, r.View != nil || r.Publication != nil, false, given("AWB-4.8", r.IntentionOn, r.ViewUntil))
	}
	if r.Publication != nil {
		on := r.Publication.On
		add("objection", "objection", 0, r.objected("order"), false, day("AWB-6.7", on))
		if r.Compliance != deadlines.NoDay {
			add("compliance", "compliance", 0, r.Stage == Lifted || r.inspectedAfter(r.Compliance), false, given("LOD-5.32a", on, r.Compliance))
		}
		if len(r.Sums) == 0 {
			add("year", "year", 0, r.Stage == Lifted, true, day("LOD-5.34.2", on))
		}
	}
	for _, s := range r.Sums {
		if s.Void {
			continue
		}
		paid := r.Outstanding() == 0
		add(fmt.Sprintf("pay-%d", s.Number), "pay", s.Number, paid || len(r.Reminders) > 0, false, day("LOD-5.33", s.On))
		add(fmt.Sprintf("limit-%d", s.Number), "limit", s.Number, paid, false, r.limitationOf(c, s))
	}
	if r.RecoveryIntention != deadlines.NoDay {
		add("view-recovery", "view-recovery", 0, r.RecoveryView != nil, false, given("AWB-4.8", r.RecoveryIntention, r.RecoveryViewUntil))
	}
	for i, d := range r.Decisions {
		add(fmt.Sprintf("objection-recovery-%d", i+1), "objection-recovery", i+1, r.objected("recovery"), false, day("AWB-6.7", d.On))
	}
	for i, m := range r.Reminders {
		add(fmt.Sprintf("reminder-%d", i+1), "reminder", i+1, r.Outstanding() == 0 || len(r.Warrants) > 0, false, day("GS-4.112.1", m.Sent))
	}
	for i, q := range r.Requests {
		id := "AWB-4.13"
		if q.Kind == "recover" {
			id = "LOD-5.31a/5.37"
		}
		add(fmt.Sprintf("request-%d", i+1), "request", i+1, q.DecidedOn != deadlines.NoDay, false, day(id, q.Received))
	}
	for i, o := range r.Objections {
		add(fmt.Sprintf("decide-objection-%d", i+1), "decide-objection", i+1, o.DecidedOn != deadlines.NoDay, false, r.termOf(o))
		if o.DecidedOn != deadlines.NoDay && o.Outcome != "withdrawn" {
			add(fmt.Sprintf("appeal-%d", i+1), "appeal", i+1, r.appealed(i+1, "rechtbank"), false, day("AWB-6.7", o.DecidedOn))
		}
	}
	for i, a := range r.Appeals {
		if a.JudgedOn != deadlines.NoDay && a.Court == "rechtbank" {
			add(fmt.Sprintf("higher-%d", i+1), "higher", i+1, r.appealed(a.Objection, "afdeling"), false, day("AWB-8.104", a.JudgedOn))
		}
	}
	return out
}

// inspectedAfter says whether somebody looked after the compliance term ended: then
// its end asks nothing more.
func (r Dwangsom) inspectedAfter(d deadlines.Day) bool {
	n := len(r.Inspections)
	return n > 0 && r.Inspections[n-1].At.Day > d
}

func (r Dwangsom) objected(against string) bool {
	for _, o := range r.Objections {
		if o.Against == against {
			return true
		}
	}
	return false
}

func (r Dwangsom) appealed(objection int, court string) bool {
	for _, a := range r.Appeals {
		if a.Objection == objection && a.Court == court {
			return true
		}
	}
	return false
}
