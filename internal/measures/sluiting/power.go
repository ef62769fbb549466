package sluiting

import "baken/internal/kernel/dossier"

func typeOpium(r Sluiting, _ dossier.At) string {
	if r.Report.Type != Opium {
		return "type-order"
	}
	return ""
}

func typeOrder(r Sluiting, _ dossier.At) string {
	if r.Report.Type != Order {
		return "type-opium"
	}
	return ""
}

var find = act("sluiting.find", dossier.Act[Sluiting, Find]{
	Check: func(r Sluiting, in Find, at dossier.At) error {
		return whyNotOpium(r.Report.Found, in, r.Policy(at.Today).Trade)
	},
	Apply: func(r Sluiting, in Find, _ dossier.Entry) Sluiting {
		r.Find = &in
		return r
	},
})

var disturbance = act("sluiting.disturbance", dossier.Act[Sluiting, Disturbance]{
	Check: func(r Sluiting, in Disturbance, _ dossier.At) error { return whyNotOrder(r.Report.Found, in) },
	Apply: func(r Sluiting, in Disturbance, _ dossier.Entry) Sluiting {
		r.Disturbance = &in
		return r
	},
})
