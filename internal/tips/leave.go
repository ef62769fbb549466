package tips

import (
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
)

// Forward is a disclosure to another body: what was approved to leave, on which
// ground, encrypted for a receiver whose key the municipality's rules name. Passing on
// is a new decision with a ground of its own (law.md 8).
type Forward struct {
	Receiver string        `ask:"receiver"` // code in the policy
	Ground   string        `ask:"text"`
	Files    string        `ask:"choice" options:"without,with"` // the copies without metadata
	On       deadlines.Day `ask:"-"`
	By       string        `ask:"-"`
}

var forward = act("tip.forward", dossier.Act[Tip, Forward]{
	Check: func(r Tip, in Forward, at dossier.At) error {
		if _, ok := r.Policies.On(at.Today).Receiver(in.Receiver); !ok {
			return wrong("Receiver", "no-such-receiver")
		}
		return nil
	},
	Apply: func(r Tip, in Forward, e dossier.Entry) Tip {
		in.On, in.By = deadlines.DayOf(e.Recorded), e.Actor
		r.Forwards = append(r.Forwards[:len(r.Forwards):len(r.Forwards)], in)
		return r
	},
})

// Feedback is what M. hears of a tip, in the form of the agreement: no words of the
// case.
type Feedback struct {
	Sent   deadlines.Day `ask:"day"`
	Used   string        `ask:"choice" options:"yes,partly,no"`
	Result string        `ask:"choice" options:"measure,criminal,authority,running,none"`
	Worth  string        `ask:"choice" options:"good,fair,poor"`
}

var feedback = act("tip.feedback", dossier.Act[Tip, Feedback]{
	Check: func(r Tip, in Feedback, at dossier.At) error {
		if in.Result == "measure" && len(r.Uses) == 0 {
			return wrong("Result", "no-measure")
		}
		if in.Used == "no" && (len(r.Uses) > 0 || in.Result == "measure") {
			return wrong("Used", "was-used")
		}
		return dayBetween("Sent", in.Sent, r.Received, at.Today)
	},
	Apply: func(r Tip, in Feedback, _ dossier.Entry) Tip {
		r.Feedback = &in
		return r
	},
})

// Asked is the request of a person about what is held on them.
type Asked struct {
	Received deadlines.Day `ask:"day"`
	What     string        `ask:"choice" options:"access,correction,erasure"`
	Proven   bool          `ask:"yes"` // that it is who they say
}

var request = act("tip.request", dossier.Act[Tip, Asked]{
	Check: func(r Tip, in Asked, at dossier.At) error {
		if !in.Proven {
			return wrong("Proven", "proven")
		}
		return dayBetween("Received", in.Received, at.Today.AddYears(-1), at.Today)
	},
	Apply: func(r Tip, in Asked, _ dossier.Entry) Tip {
		r.Requests = append(r.Requests[:len(r.Requests):len(r.Requests)], Request{Asked: in})
		return r
	},
})

// Answer is the decision on a request, after weighing whom it could harm. A full
// answer is not among the outcomes: that a tip exists, and what it says, may point at
// the caller (AVG 15 lid 4; UAVG 41 lid 1 i).
type Answer struct {
	Caller  string        `ask:"text"` // what could point at the caller
	Others  string        `ask:"text"` // what the answer would tell about others
	Enquiry string        `ask:"text"` // what it would spoil (UAVG 41 lid 1 d)
	Outcome string        `ask:"choice" options:"neither,part,erased"`
	Words   string        `ask:"text"` // what the person was told
	Sent    deadlines.Day `ask:"day"`
	By      string        `ask:"-"`
}

var answer = act("tip.answer", dossier.Act[Tip, Answer]{
	Check: func(r Tip, in Answer, at dossier.At) error {
		for _, p := range r.Parts {
			if run := CommonRun(in.Words, p.Original); run > mostRun {
				return wrong("Words", "answer-quotes", "n", run, "most", mostRun)
			}
		}
		return dayBetween("Sent", in.Sent, r.Requests[r.openRequest()].Asked.Received, at.Today)
	},
	Apply: func(r Tip, in Answer, e dossier.Entry) Tip {
		i := r.openRequest()
		if i < 0 {
			return r
		}
		in.By = e.Actor
		r.Requests = append([]Request(nil), r.Requests...)
		r.Requests[i].Answer = &in
		return r
	},
})
