package sluiting

// Keep is how long a closed file is kept: a closure and a warning are enforcement (12.2,
// longer than 13.1 for the remedies in it), what was not pursued was broken off (12.3).
func (r Sluiting) Keep() Keep {
	switch {
	case r.Stage != Closed:
		return Keep{}
	case r.Outcome == "not-pursued":
		return Keep{From: r.ClosedOn, Years: 1, Item: "Selectielijst 12.3"}
	}
	return Keep{From: r.ClosedOn, Years: 10, Item: "Selectielijst 12.2"}
}
