package huisverbod

// Keep is how long a closed file is kept: five years from the day on which the ban was made
// known, and not longer (Wth 10, which says that it is then destroyed; Selectielijst 12.2.3).
// A remedy does not lengthen that: the law goes before the item for remedies. Without a ban
// the enforcement was broken off (12.3).
func (r Huisverbod) Keep() Keep {
	switch {
	case r.Stage != Closed:
		return Keep{}
	case r.Announced == nil:
		return Keep{From: r.ClosedOn, Years: 1, Item: "Selectielijst 12.3"}
	}
	return Keep{From: r.start().Day, Years: 5, Item: "Wth 10, Selectielijst 12.2.3"}
}
