package gebiedsverbod

import "baken/internal/kernel/deadlines"

// Keep is how long a closed file is kept: five years after the last day of the order
// (12.2.1), or five years after the last word on a remedy against it when that is later
// (13.1). Without an order the enforcement was broken off (12.3).
func (r Gebiedsverbod) Keep() Keep {
	switch {
	case r.Stage != Closed:
		return Keep{}
	case r.Published == nil:
		return Keep{From: r.ClosedOn, Years: 1, Item: "Selectielijst 12.3"}
	}
	out := Keep{From: r.Ends().Day, Years: 5, Item: "Selectielijst 12.2.1"}
	if !r.StoppedAt.IsZero() {
		out.From = min(out.From, deadlines.DayOf(r.StoppedAt))
	}
	for _, x := range r.rulings() {
		if x.On > out.From {
			out.From, out.Item = x.On, "Selectielijst 13.1"
		}
	}
	return out
}
