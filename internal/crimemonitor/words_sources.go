package crimemonitor

import (
	"math"
	"strconv"
	"strings"

	"baken/internal/kernel/figures"
	"baken/internal/web/ui"
)

// gap names what is missing in a sentence.
func (h hand) gap(g Missing) string {
	code := "crimesources.gap." + map[figures.Level]string{figures.Municipality: "municipality", figures.Neighbourhood: "neighbourhood"}[g.Level]
	code += map[figures.Kind]string{figures.Year: "-years", figures.Month: "-months"}[g.Kind]
	what := h.t.T("crimesources.all-offences")
	if len(g.Offences) > 0 {
		what = h.missing(g.Offences)
	}
	return h.t.T(code, "name", h.name, "offences", what)
}

func (h hand) changes(c figures.Summary) string {
	return h.t.T("crimemonitor.import.changes", "added", h.t.Int(c.Added), "revised", h.t.Int(c.Revised), "removed", h.t.Int(c.Removed))
}

// first is how many unknown codes or names a page lists.
const first = 20

// unknown lists the first of them; the count in the label is of all.
func (h hand) unknown(all []string) string {
	s := strings.Join(all[:min(len(all), first)], ", ")
	if len(all) > first {
		s += ", " + h.t.T("crimesources.and-more", "n", h.t.Int(len(all)-first))
	}
	return s
}

// side is one side of a changed cell: the number with its status, or the words for
// what stands there instead. A cell that is not there is no zero either.
func (h hand) side(v *figures.Value, decimals int) string {
	switch {
	case v == nil:
		return h.t.T("crimesources.no-cell")
	case !v.Status.Known():
		return h.number(v.Value, v.Status)
	case decimals == 0:
		return h.number(v.Value, v.Status) + " (" + h.t.T("crimesources.status."+v.Status.String()) + ")"
	}
	return h.t.Number(float64(v.Value)/math.Pow10(decimals), decimals) + " (" + h.t.T("crimesources.status."+v.Status.String()) + ")"
}

// areaOf is an area as a row names it.
func (r Revision) areaOf(code string) string {
	if name := r.Names[code]; name != "" {
		return code + " " + name
	}
	return code
}

// offenceOf is an offence or measure in the source's words.
func (r Revision) offenceOf(code string) string {
	t := r.Title(code)
	if t.Title == code && titles()[code] != "" {
		t.Title = titles()[code]
	}
	if t.Title == code {
		return code
	}
	return code + " " + t.Title
}

func yearOf(c figures.Count) string { return strconv.Itoa(c.Year) }

func (d desk) problem() string { return d.form.Form.Problem(d.t, "files") }

func tableColumns(d desk) []ui.Column {
	return []ui.Column{{Label: d.t.T("crimemonitor.source-table")}, {Label: d.t.T("crimesources.retrieved")}, {Label: d.t.T("crimemonitor.source-cells"), Number: true},
		{Label: d.t.T("crimemonitor.source-publisher")}, {Label: d.t.T("crimesources.stored-at"), Wide: true}, {Label: d.t.T("crimesources.changed"), Wide: true}}
}

func countColumns(h hand) []ui.Column {
	return []ui.Column{{Label: h.t.T("crimemonitor.offence")}, {Label: h.t.T("crimemonitor.year"), Number: true}, {Label: h.t.T("crimesources.added"), Number: true},
		{Label: h.t.T("crimesources.revised"), Number: true}, {Label: h.t.T("crimesources.removed"), Number: true}}
}

func changeColumns(h hand) []ui.Column {
	return []ui.Column{{Label: h.t.T("crimesources.area")}, {Label: h.t.T("crimemonitor.offence")}, {Label: h.t.T("crimesources.period")},
		{Label: h.t.T("crimesources.before"), Number: true}, {Label: h.t.T("crimesources.after"), Number: true}}
}
