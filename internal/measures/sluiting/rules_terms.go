package sluiting

import (
	"fmt"

	"baken/internal/kernel/deadlines"
)

// Terms are all terms of a file: a pure function of the record, so that they are computed
// anew when a fact, a decree or a rule changes. A closure that was suspended, withdrawn or
// annulled runs nowhere; what the law asks of who disputes it goes on.
func (r Sluiting) Terms(c *deadlines.Calendar) []Term {
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
		add("view", "view", 0, r.View != nil || r.Signed != nil, false, given("AWB-4.8", r.IntentionOn, r.ViewUntil))
	}
	if r.AtOnce != "" {
		add("decision", "decision", 0, r.Publication != nil, false, deadlines.Question{ID: "BD-5.31.2", Start: r.Seals[0].At})
	}
	r.closureTerms(c, add, day, given)
	for i, x := range r.Costs {
		n := i + 1
		gone := x.Void || r.owed() == 0
		add(fmt.Sprintf("objection-costs-%d", n), "objection-costs", n, gone || r.objected("costs"), false, day("AWB-6.7", x.On))
		add(fmt.Sprintf("pay-%d", n), "pay", n, gone || len(r.Reminders) > 0, false, day("BD-pay", x.On))
		lapse := day("BD-lim", payBy(c, x))
		for _, m := range r.Reminders {
			lapse.Events = append(lapse.Events, deadlines.Event{Date: m.Sent, Kind: "aanmaning"})
		}
		add(fmt.Sprintf("limit-%d", n), "limit", n, gone, false, lapse)
	}
	for i, m := range r.Reminders {
		add(fmt.Sprintf("reminder-%d", i+1), "reminder", i+1, r.owed() == 0, false, day("GS-4.112.1", m.Sent))
	}
	for i, q := range r.Requests {
		add(fmt.Sprintf("request-%d", i+1), "request", i+1, q.DecidedOn != deadlines.NoDay, false, day("AWB-4.13", q.Received))
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

// closureTerms are those of the order itself.
func (r Sluiting) closureTerms(c *deadlines.Calendar, add func(key, code string, number int, done, maybe bool, q deadlines.Question), day func(string, deadlines.Day) deadlines.Question, given func(string, deadlines.Day, deadlines.Day) deadlines.Question) {
	if r.Publication == nil || r.Draft.Outcome == "warning" {
		return
	}
	add("objection", "objection", 0, r.objected("order"), false, day("AWB-6.7", r.Publication.On))
	if r.Compliance != deadlines.NoDay {
		add("compliance", "compliance", 0, len(r.Seals) > 0 || r.Stage == Over, false, given("BD-5.24.2", r.Publication.On, r.Compliance))
	}
	q, ok := r.closing(c)
	if !ok {
		return
	}
	add("closure", "closure", 0, r.Stage == Over || r.Stage == Suspended || r.reopens(c), false, q)
	if r.reopens(c) {
		add("reopening", "reopening", 0, r.Stage == Over, false, given(q.ID, r.Seals[0].At.Day, r.ReopenOn))
	}
	if r.Draft.Costs == "offender" {
		add("costs", "costs", 0, len(r.Costs) > 0 || r.void(), false, r.costsLapse())
	}
}

// reopens: it was decided to open before the end.
func (r Sluiting) reopens(c *deadlines.Calendar) bool {
	return r.ReopenOn != deadlines.NoDay && r.ReopenOn == r.Ends(c)
}

func (r Sluiting) objected(against string) bool {
	for _, o := range r.Objections {
		if o.Against == against {
			return true
		}
	}
	return false
}

func (r Sluiting) appealed(objection int, court string) bool {
	for _, a := range r.Appeals {
		if a.Objection == objection && a.Court == court {
			return true
		}
	}
	return false
}
