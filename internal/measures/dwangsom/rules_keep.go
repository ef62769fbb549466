package dwangsom

// Keep is how long a closed file is kept. An order that was made known is enforcement, with
// what was recovered and the remedies (12.2, which is longer than 13.1 and 18.3); without one
// the enforcement was broken off (12.3).
func (r Dwangsom) Keep() Keep {
	switch {
	case r.Stage != Closed:
		return Keep{}
	case r.Publication == nil:
		return Keep{From: r.ClosedOn, Years: 1, Item: "Selectielijst 12.3"}
	}
	return Keep{From: r.ClosedOn, Years: 10, Item: "Selectielijst 12.2"}
}
