package woonoverlast

// Keep is how long a closed file is kept: an order is enforcement, with the ban that is a
// part of it (12.2; Gemeentewet 151d lid 3 does not name Wth 10). Refused or not pursued, the
// enforcement was broken off (12.3).
func (r Woonoverlast) Keep() Keep {
	switch {
	case r.Stage != Closed:
		return Keep{}
	case r.Published == nil:
		return Keep{From: r.ClosedOn, Years: 1, Item: "Selectielijst 12.3"}
	}
	return Keep{From: r.ClosedOn, Years: 10, Item: "Selectielijst 12.2"}
}
