package gebiedsverbod

import (
	"embed"
	"strings"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/documents"
	"baken/internal/measures"
	"baken/internal/text"
)

// The letters are Dutch: they are decisions of a Dutch municipality.
//
//go:embed letters/*.txt letters/gedeeld/*.txt
var letterFiles embed.FS

func always(Gebiedsverbod) bool { return true }

var letterKinds = []measures.Letter[Gebiedsverbod]{
	{Code: "voornemen", Acts: []string{"gebiedsverbod.intend"}, To: addressee, Final: always,
		Ready: func(r Gebiedsverbod) bool { return r.Intention != nil },
		On:    func(r Gebiedsverbod) deadlines.Day { return r.Intention.Sent },
		By:    func(r Gebiedsverbod) string { return r.Intention.By }},
	{Code: "besluit", Acts: []string{"gebiedsverbod.draft", "gebiedsverbod.decide", "gebiedsverbod.publish"}, To: addressee,
		Ready: func(r Gebiedsverbod) bool { return r.Draft != nil && r.Refusal == "" },
		Final: func(r Gebiedsverbod) bool { return r.Published != nil },
		On:    func(r Gebiedsverbod) deadlines.Day { return r.Published.At.Day }},
	{Code: "wijziging", Acts: []string{"gebiedsverbod.change"}, To: addressee, Final: always,
		Ready: func(r Gebiedsverbod) bool { return len(r.Changes) > 0 },
		On:    func(r Gebiedsverbod) deadlines.Day { return r.Changes[len(r.Changes)-1].Decided },
		By:    func(r Gebiedsverbod) string { return r.Changes[len(r.Changes)-1].By }},
	{Code: "ontheffing", Acts: []string{"gebiedsverbod.exempt"}, To: addressee, Final: always,
		Ready: func(r Gebiedsverbod) bool { return len(r.Exemptions) > 0 },
		On:    func(r Gebiedsverbod) deadlines.Day { return r.Exemptions[len(r.Exemptions)-1].Decided },
		By:    func(r Gebiedsverbod) string { return r.Exemptions[len(r.Exemptions)-1].By }},
	{Code: "verlenging", Acts: []string{"gebiedsverbod.extend"}, To: addressee, Final: always,
		Ready: func(r Gebiedsverbod) bool { return len(r.Extensions) > 0 },
		On:    func(r Gebiedsverbod) deadlines.Day { return r.Extensions[len(r.Extensions)-1].Decided },
		By:    func(r Gebiedsverbod) string { return r.Extensions[len(r.Extensions)-1].By }},
	{Code: "einde", Acts: []string{"gebiedsverbod.withdraw"}, To: addressee, Final: always,
		Ready: func(r Gebiedsverbod) bool { return r.Ending != nil && r.Ending.How == "withdrawn" },
		On:    func(r Gebiedsverbod) deadlines.Day { return r.Ending.On },
		By:    func(r Gebiedsverbod) string { return r.Ending.By }},
}

// addressee: an order about a child is for its parent (Gemeentewet 172b); who is under
// age gets the letter with the parents named beside.
func addressee(r Gebiedsverbod) []string {
	to := []string{r.Person}
	switch {
	case r.Basis == "child":
		to = []string{r.Parent}
	case r.Parent != "":
		to = append(to, "en aan "+r.Parent)
	}
	if r.Address == "" {
		return append(to, "Uit te reiken in persoon")
	}
	return append(to, strings.Split(r.Address, ", ")...)
}

// signed names the letter that an act puts in the file as it was made.
func signed(in any) (string, *string) {
	switch in := in.(type) {
	case *Intention:
		return "voornemen", &in.Letter
	case *Publication:
		return "besluit", &in.Letter
	case *Change:
		return "wijziging", &in.Letter
	case *Exemption:
		return "ontheffing", &in.Letter
	case *Extension:
		return "verlenging", &in.Letter
	case *Withdrawal:
		return "einde", &in.Letter
	}
	return "", nil
}

// optional are the values that a letter asks with a condition: empty means that its part
// is left out.
var optional = map[string]bool{"child": true, "stay": true, "group": true, "duty": true, "accompany": true, "indoors": true, "objects": true, "other": true, "origin": true, "view": true, "answer": true,
	"skipped": true, "minor": true, "new-facts": true, "deviates": true, "prosecutor": true, "signature": true, "extendable": true, "from": true, "moments": true, "minor-person": true}

// values are what the templates can ask, as a reader has them.
func values(r Gebiedsverbod, f measures.Filling) map[string]string {
	p := text.For(text.NL)
	day := func(d deadlines.Day) string {
		if d == deadlines.NoDay {
			return ""
		}
		return p.Date(d.Midnight())
	}
	yes := map[bool]string{true: "ja"}
	b, _ := basisOf(r.Basis)
	v := map[string]string{"person": r.Person, "parent": r.Parent, "place": r.Place, "town": f.Town, "number": f.Number, "article": cited(r.article(f.Today)), "crime": cited(b.crime), "why": r.Why, "child": yes[b.child],
		"incidents": incidentsMark, "streets": streetsMark, "objects": "", "minor-person": yes[r.Born != deadlines.NoDay && f.Today < adultFrom(r.Born) && !b.child], "extendable": yes[b.long && (r.Draft == nil || r.Draft.Unit != "moments")]}
	v["exempt-law"], v["withdraw-law"] = "artikel 172a lid 8 Gemeentewet", "artikel 172a lid 9 Gemeentewet"
	if !b.long && !b.child {
		v["exempt-law"], v["withdraw-law"] = v["article"], v["article"]
	}
	for _, empty := range strings.Fields("view-until hours home work care other facts stay group duty duty-where accompany indoors from moments length end start view answer skipped fear lighter size minor balance new-facts deviates origin prosecutor decided signature " +
		"change-why change-heard change-hours exempt-from exempt-until exempt-where exempt-why until longer-why longer-heard ending-why ended-on") {
		v[empty] = ""
	}
	a, l := r.first()
	if len(a.Objects) > 0 {
		v["objects"] = objectsMark
	}
	if r.Limits != nil {
		v["hours"], v["home"], v["work"], v["care"], v["other"] = hoursOf(p, r, l), l.Home, l.Work, l.Care, l.Other
	}
	if d := r.Duty; d != nil {
		v["duty"], v["duty-where"] = dutyMark, d.Where
	}
	if x := r.Origin; x != nil && (r.Basis == "sanction" || r.Basis == "request") {
		v["origin"] = day(x.On) + ", " + x.From + ". " + x.Words
	}
	if c := r.Consulted; c != nil && b.consult {
		v["prosecutor"] = day(c.On)
	}
	if i := r.Intention; i != nil {
		v["view-until"] = day(i.until())
	}
	if x := r.View; x != nil {
		v["view"], v["answer"] = x.Words, x.Answer
	}
	if x := r.Skipped; x != nil {
		v["skipped"] = p.T("gebiedsverbod.option."+x.Ground) + ": " + x.Why
	}
	if w := r.Weighed; w != nil {
		v["fear"], v["lighter"], v["size"], v["minor"], v["balance"] = w.Fear, w.Lighter, w.Size, w.Minor, w.Balance
	}
	if d := r.Draft; d != nil {
		v["facts"], v["new-facts"], v["deviates"], v["length"] = d.Facts, d.NewFacts, d.Deviates, lengthOf(p, *d)
		v["stay"], v["group"], v["accompany"], v["indoors"] = yes[d.Stay], yes[d.Group], yes[d.Accompany], yes[d.Indoors]
		if d.Unit == "moments" {
			v["moments"] = momentsMark
		}
		// Before the Bekendmaking the end is counted from it, in words.
		v["start"], v["end"] = "het moment waarop dit besluit aan u bekend is gemaakt", lengthOf(p, *d)+" daarna"
		if !d.From.At.IsZero() {
			v["start"] = whenOf(p, d.From)
		}
		if r.Published != nil {
			v["start"], v["end"] = whenOf(p, deadlines.AtMoment(r.Starts())), whenOf(p, deadlines.AtMoment(r.firstEnd()))
			if f.Letter != "besluit" {
				v["end"] = whenOf(p, r.Ends())
			}
		}
	}
	if d := r.Decision; d != nil {
		v["decided"] = day(d.On)
	}
	capacity := ""
	switch f.Letter {
	case "voornemen":
		capacity = "signed"
	case "besluit":
		if r.Decision != nil {
			capacity = r.Decision.Capacity
		}
	case "wijziging":
		if n := len(r.Changes); n > 0 {
			x := r.Changes[n-1]
			v["change-why"], v["change-heard"], v["decided"], capacity = x.Why, x.Heard, day(x.Decided), x.Capacity
			v["change-hours"] = hoursOf(p, r, Limits{Days: x.Days, Hours: x.Hours})
			v["streets"] = newStreetsMark
		}
	case "ontheffing":
		if n := len(r.Exemptions); n > 0 {
			x := r.Exemptions[n-1]
			v["exempt-from"], v["exempt-until"], v["exempt-where"], v["exempt-why"], v["decided"], capacity = whenOf(p, x.From), whenOf(p, x.Until), x.Where, x.Why, day(x.Decided), x.Capacity
		}
	case "verlenging":
		if n := len(r.Extensions); n > 0 {
			x := r.Extensions[n-1]
			v["until"], v["longer-why"], v["longer-heard"], v["decided"], capacity = whenOf(p, x.Until), x.Why, x.Heard, day(x.Decided), x.Capacity
		}
	case "einde":
		if x := r.Ending; x != nil {
			v["ending-why"], v["ended-on"], capacity = x.Why, day(x.On), x.Capacity
		}
	}
	if capacity != "" && f.Signer != "" {
		v["signature"] = p.T("gebiedsverbod.letter."+capacity, "town", f.Town, "name", f.Signer)
	}
	return v
}

// cited is an article as a letter writes it: Gemeentewet 172a lid 1 becomes artikel 172a lid
// 1 Gemeentewet, for its reader knows no abbreviations.
func cited(article string) string {
	for short, law := range map[string]string{"Gemeentewet ": "Gemeentewet", "Sr ": "Wetboek van Strafrecht", "APV art. ": "APV"} {
		if n, ok := strings.CutPrefix(article, short); ok {
			return "artikel " + n + " " + law
		}
	}
	return article
}

// first are the area and the hours as they were decided, before any change.
func (r Gebiedsverbod) first() (a Area, l Limits) {
	if r.Area != nil {
		a = *r.Area
	}
	if r.Limits != nil {
		l = *r.Limits
	}
	return a, l
}

// The marks stand in a template for a list or a table of the file.
const (
	incidentsMark  = "[ordeverstoringen]"
	streetsMark    = "[straten]"
	newStreetsMark = "[nieuwe straten]"
	objectsMark    = "[plaatsen]"
	dutyMark       = "[meldtijden]"
	momentsMark    = "[momenten]"
)

func expand(b documents.Block, r Gebiedsverbod) []documents.Block {
	if b.Kind != documents.Paragraph {
		return []documents.Block{b}
	}
	p := text.For(text.NL)
	a, _ := r.first()
	var items []string
	switch b.Text.String() {
	default:
		return []documents.Block{b}
	case incidentsMark:
		table := documents.Block{Kind: documents.Table, Header: measures.Cells("Wanneer", "Wat", "Vastgelegd door")}
		for _, x := range r.Incidents {
			table.Rows = append(table.Rows, measures.Cells(whenOf(p, x.At), x.Words, p.T("gebiedsverbod.option."+x.Source)+", "+x.Reference))
		}
		return []documents.Block{table}
	case streetsMark:
		items = a.Streets
	case newStreetsMark:
		if n := len(r.Changes); n > 0 {
			items = r.Changes[n-1].Streets
		}
	case objectsMark:
		items = a.Objects
	case dutyMark:
		if r.Duty != nil {
			items = r.Duty.Times
		}
	case momentsMark:
		if r.Draft != nil {
			list, _ := parseMoments(r.Draft.Moments)
			for _, m := range list {
				s := p.Date(m.day.Midnight())
				if !m.whole {
					s += ", van " + clockOf(m.hours.from) + " tot " + clockOf(m.hours.to) + " uur"
				}
				items = append(items, s)
			}
		}
	}
	if len(items) == 0 {
		return nil
	}
	list := documents.Block{Kind: documents.List}
	for _, s := range items {
		list.Items = append(list.Items, documents.Plain(s))
	}
	return []documents.Block{list}
}
