package sluiting

import (
	"slices"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/measures"
)

// Extension lengthens a closure for public order on a serious fear of repetition
// (Gemeentewet 174a lid 3). The person is heard again before it (ECLI:NL:RBMNE:2025:1759).
// The Opiumwet knows no extension.
type Extension struct {
	Length   int           `ask:"count"`
	Unit     string        `ask:"choice" options:"weeks,months"`
	Fear     string        `ask:"text"` // from which facts the fear of repetition follows
	Heard    string        `ask:"text"` // what the person says of it now
	Balance  string        `ask:"text"` // why it stays in balance, for this length
	Capacity string        `ask:"choice" options:"mayor,deputy"`
	On       deadlines.Day `ask:"-"`
	By       string        `ask:"-"`
	Served   deadlines.Day `ask:"-"`
	Letter   string        `ask:"-"`
}

func extensionReady(r Sluiting, at dossier.At) string {
	switch {
	case r.Report.Type == Opium:
		return "extension-opium"
	case r.ended(at.Today, at.Calendar):
		return "extension-ended"
	case extensionWaits(r, at) == "":
		return "extension-unserved"
	}
	return ""
}

var extend = act("sluiting.extend", dossier.Act[Sluiting, Extension]{
	Check: func(_ Sluiting, in Extension, at dossier.At) error {
		switch {
		case !at.Actor.Holds(access.Mayor):
			return wrong("Capacity", "only-mayor")
		case in.Length < 1:
			return wrong("Length", "length-needed")
		}
		return nil
	},
	Apply: func(r Sluiting, in Extension, e dossier.Entry) Sluiting {
		in.On, in.By = deadlines.DayOf(e.Recorded), e.Actor
		r.Extensions = append(slices.Clone(r.Extensions), in)
		return r
	},
})

// Serving is the Bekendmaking of an extension: before the end, or it extends nothing
// (Awb 3:40).
type Serving struct {
	On     deadlines.Day `ask:"day"`
	How    string        `ask:"choice" options:"handed,registered,post,electronic"`
	Proof  string        `ask:"line"`
	Letter string        `ask:"-"`
}

func extensionWaits(r Sluiting, _ dossier.At) string {
	if n := len(r.Extensions); n == 0 || r.Extensions[n-1].Served != deadlines.NoDay {
		return "extension"
	}
	return ""
}

var serve = act("sluiting.serve", dossier.Act[Sluiting, Serving]{
	Check: func(r Sluiting, in Serving, at dossier.At) error {
		if end := r.Ends(at.Calendar); in.On >= end {
			return wrong("On", "served-late", "end", end)
		}
		return dayBetween("On", in.On, r.Extensions[len(r.Extensions)-1].On, at)
	},
	Happened: func(in Serving) time.Time { return measures.DayTime(in.On) },
	Apply: func(r Sluiting, in Serving, _ dossier.Entry) Sluiting {
		r.Extensions = slices.Clone(r.Extensions)
		x := &r.Extensions[len(r.Extensions)-1]
		x.Served, x.Letter = in.On, in.Letter
		return r
	},
})

// Request asks to open the premises before the end. It is an application: it is decided
// within eight weeks (Awb 4:13).
type Request struct {
	Received  deadlines.Day `ask:"day"`
	From      string        `ask:"line"`
	Words     string        `ask:"text"`
	DecidedOn deadlines.Day `ask:"-"`
	Outcome   string        `ask:"-"`
	OpenOn    deadlines.Day `ask:"-"`
	Why       string        `ask:"-"`
	By        string        `ask:"-"`
	Capacity  string        `ask:"-"`
	Letter    string        `ask:"-"`
}

var request = act("sluiting.request", dossier.Act[Sluiting, Request]{
	Check: func(r Sluiting, in Request, at dossier.At) error {
		return dayBetween("Received", in.Received, r.Publication.On, at)
	},
	Happened: func(in Request) time.Time { return measures.DayTime(in.Received) },
	Apply: func(r Sluiting, in Request, _ dossier.Entry) Sluiting {
		r.Requests = append(slices.Clone(r.Requests), in)
		return r
	},
})

// DecideRequest is the decision of the mayor on a request. Granted, the closure ends on
// the day that it names.
type DecideRequest struct {
	Number   int           `ask:"request"`
	Outcome  string        `ask:"choice" options:"granted,refused"`
	Open     deadlines.Day `ask:"day,optional"`
	Why      string        `ask:"text"`
	Capacity string        `ask:"choice" options:"mayor,deputy"`
	Letter   string        `ask:"-"`
}

func requestOpen(r Sluiting, _ dossier.At) string {
	if !slices.ContainsFunc(r.Requests, func(q Request) bool { return q.DecidedOn == deadlines.NoDay }) {
		return "request"
	}
	return ""
}

var decideRequest = act("sluiting.decide-request", dossier.Act[Sluiting, DecideRequest]{
	Check: func(r Sluiting, in DecideRequest, at dossier.At) error {
		switch {
		case !at.Actor.Holds(access.Mayor):
			return wrong("Capacity", "only-mayor")
		case in.Number < 1 || in.Number > len(r.Requests) || r.Requests[in.Number-1].DecidedOn != deadlines.NoDay:
			return wrong("Number", "no-such-request")
		case in.Outcome == "granted" && in.Open == deadlines.NoDay:
			return wrong("Open", "open-day")
		case in.Outcome == "granted" && in.Open < at.Today:
			return wrong("Open", "open-past", "today", at.Today)
		}
		if end := r.Ends(at.Calendar); in.Outcome == "granted" && end != deadlines.NoDay && in.Open >= end {
			return wrong("Open", "open-late", "end", end)
		}
		return nil
	},
	Apply: func(r Sluiting, in DecideRequest, e dossier.Entry) Sluiting {
		r.Requests = slices.Clone(r.Requests)
		if in.Number < 1 || in.Number > len(r.Requests) {
			return r
		}
		q := &r.Requests[in.Number-1]
		q.DecidedOn, q.Outcome, q.OpenOn, q.Why, q.By, q.Capacity, q.Letter = deadlines.DayOf(e.Recorded), in.Outcome, in.Open, in.Why, e.Actor, in.Capacity, in.Letter
		if in.Outcome == "granted" {
			r.ReopenOn = in.Open
		}
		return r
	},
})

// Withdrawal ends the order before its time: also an order that is not carried out, for
// that may not go on hanging over somebody (ECLI:NL:RBROT:2025:6095).
type Withdrawal struct {
	Why      string        `ask:"text"`
	Capacity string        `ask:"choice" options:"mayor,deputy"`
	On       deadlines.Day `ask:"-"`
	By       string        `ask:"-"`
}

var withdraw = act("sluiting.withdraw", dossier.Act[Sluiting, Withdrawal]{
	Check: func(_ Sluiting, _ Withdrawal, at dossier.At) error {
		if !at.Actor.Holds(access.Mayor) {
			return wrong("Capacity", "only-mayor")
		}
		return nil
	},
	Apply: func(r Sluiting, in Withdrawal, e dossier.Entry) Sluiting {
		in.On, in.By = deadlines.DayOf(e.Recorded), e.Actor
		r.Withdrawn, r.StoppedOn, r.How = &in, in.On, "withdrawn"
		return r
	},
})
