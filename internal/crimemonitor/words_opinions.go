package crimemonitor

import (
	"strconv"

	"baken/internal/crimemonitor/builtin"
	"baken/internal/kernel/figures"
)

// opinions are what people say about safety in the own municipality. They are of
// the model municipality only; another one has none until it can import its own.
func (h hand) opinions() (out []builtin.Opinion) {
	all, err := builtin.Opinions()
	if err != nil {
		panic(err) // embedded in the program, and read by its tests
	}
	for _, o := range all {
		if o.Area == h.own {
			out = append(out, o)
		}
	}
	return out
}

// share writes a share with its margin.
func (h hand) share(o builtin.Opinion) string {
	decimals := 0
	if o.Percent != float64(int(o.Percent)) {
		decimals = 1
	}
	s := h.t.Number(o.Percent, decimals) + "%"
	if m, ok := Margin(o.Percent, o.Replies); ok {
		return s + " " + h.t.T("crimemonitor.margin", "points", h.t.Number(m, 1), "replies", h.t.Int(o.Replies))
	}
	return s + " " + h.t.T("crimemonitor.margin-unknown")
}

// recorded is what was registered in the year of an opinion, so that the gap between
// the two can be seen.
func (h hand) recorded(o builtin.Opinion) string {
	var parts []string
	for _, c := range h.view.Series {
		if y, ok := c.Year(figures.YearOf(o.Year)); ok && y.Status.Known() {
			parts = append(parts, h.serie(c.Name)+": "+h.count(y))
		}
	}
	if len(parts) == 0 {
		return "–"
	}
	return h.t.List(parts)
}

func yearText(o builtin.Opinion) string { return strconv.Itoa(o.Year) }
