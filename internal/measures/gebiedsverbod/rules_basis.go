package gebiedsverbod

import (
	"slices"

	"baken/internal/kernel/deadlines"
)

// The orders that a basis can carry.
const (
	anArea    = "area"      // stay out of an area (172a lid 1 a; 172 lid 3; APV)
	aGroup    = "group"     // not in a group of more than three others there (172a lid 1 b)
	aReport   = "report"    // report at set times (172a lid 1 c)
	accompany = "accompany" // the child in the area only with its parent (172b lid 1 a)
	indoors   = "indoors"   // the child indoors between 20.00 and 06.00 (172b lid 1 b)
)

// basis is a legal basis with its own conditions (law.md 5.2).
type basis struct {
	code    string
	article string
	orders  []string
	child   bool   // for who is under twelve; all others for who is twelve or older
	consult bool   // the prosecutor is consulted (172a lid 5)
	long    bool   // three months and its extensions, or moments in 90 days (172a lid 6)
	crime   string // what a breach is
	// facts gives the code of the fact that is missing, or empty.
	facts func(r Gebiedsverbod) string
}

// bases is the list from which the basis is chosen. apv stands without its article: that
// is the municipality's own.
var bases = []basis{
	{"light", "Gemeentewet 172 lid 3", []string{anArea}, false, false, false, "Sr 184", func(r Gebiedsverbod) string { return r.fewer(1, "no-incident", anything) }},
	{"serious", "Gemeentewet 172a lid 1", []string{anArea, aGroup, aReport}, false, true, true, "Sr 184a", func(r Gebiedsverbod) string { return r.fewer(1, "no-serious", serious) }},
	{"leading", "Gemeentewet 172a lid 1", []string{anArea, aGroup, aReport}, false, true, true, "Sr 184a", func(r Gebiedsverbod) string { return r.fewer(1, "no-leading", leading) }},
	{"repeated", "Gemeentewet 172a lid 1", []string{anArea, aGroup, aReport}, false, true, true, "Sr 184a", func(r Gebiedsverbod) string { return r.fewer(2, "not-repeated", anything) }},
	{"sanction", "Gemeentewet 172a lid 2", []string{anArea, aGroup, aReport}, false, true, true, "Sr 184a", func(r Gebiedsverbod) string { return r.comesFrom("sanction") }},
	{"request", "Gemeentewet 172a lid 3", []string{anArea, aGroup, aReport}, false, true, true, "Sr 184a", func(r Gebiedsverbod) string { return r.comesFrom("request") }},
	{"child", "Gemeentewet 172b", []string{accompany, indoors}, true, false, false, "Sr 184a", func(r Gebiedsverbod) string { return r.fewer(2, "not-repeated-group", grouped) }},
	{"apv", "", []string{anArea}, false, false, false, "Sr 184", func(r Gebiedsverbod) string { return r.fewer(1, "no-incident", anything) }},
}

func basisOf(code string) (basis, bool) {
	i := slices.IndexFunc(bases, func(b basis) bool { return b.code == code })
	if i < 0 {
		return basis{}, false
	}
	return bases[i], true
}

func (b basis) may(order string) bool { return slices.Contains(b.orders, order) }

// article is the article of the basis of a file; that of all of them while it is unknown.
func (r Gebiedsverbod) article(on deadlines.Day) string {
	b, ok := basisOf(r.Basis)
	switch {
	case !ok:
		return "Gemeentewet 172 lid 3, 172a, 172b"
	case b.code == "apv" && len(r.Policies) > 0:
		return r.Policy(on).Article
	}
	return b.article
}

func anything(Incident) bool  { return true }
func serious(i Incident) bool { return i.Serious }
func leading(i Incident) bool { return i.Group && i.Leading }
func grouped(i Incident) bool { return i.Group }

// fewer gives code when there are fewer incidents of a sort than the basis asks.
func (r Gebiedsverbod) fewer(least int, code string, sort func(Incident) bool) string {
	n := 0
	for _, x := range r.Incidents {
		if sort(x) {
			n++
		}
	}
	if n < least {
		return code
	}
	return ""
}

// comesFrom: lid 2 rests on a sanction of a private organisation, lid 3 on the request of
// another mayor.
func (r Gebiedsverbod) comesFrom(kind string) string {
	if r.Origin == nil || r.Origin.Kind != kind {
		return "no-" + kind
	}
	return ""
}

// twelveFrom is the day on which somebody is twelve: from then on 172b is not for them,
// and the other bases are. Who was born on 29 February is so on 1 March.
func twelveFrom(born deadlines.Day) deadlines.Day { return aged(born, 12) }

// adultFrom is the day on which somebody is of age (BW 1:233).
func adultFrom(born deadlines.Day) deadlines.Day { return aged(born, 18) }

func aged(born deadlines.Day, years int) deadlines.Day {
	if born == deadlines.NoDay {
		return deadlines.NoDay
	}
	y, m, d := born.Civil()
	return deadlines.Date(y+years, m, d)
}

// ageFits gives the code of what is wrong with a basis at the age of a day, or empty.
func ageFits(b basis, born, on deadlines.Day) string {
	switch under := on < twelveFrom(born); {
	case under && !b.child:
		return "under-twelve"
	case !under && b.child:
		return "not-a-child"
	}
	return ""
}
