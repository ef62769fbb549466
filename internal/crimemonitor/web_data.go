package crimemonitor

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"baken/internal/kernel/figures"
	"baken/internal/web"
)

// row is one figure as it leaves the monitor, with all that it can be traced by.
type row struct {
	Area      string `json:"area"`
	Offence   string `json:"offence"`
	Title     string `json:"title"`
	Period    string `json:"period"`
	Value     *int64 `json:"value"`
	Status    string `json:"status"`
	Table     string `json:"table"`
	Source    string `json:"source"`
	Retrieved string `json:"retrieved"`
	Snapshot  string `json:"snapshot"`
}

// rowsOf are the figures behind the page of a choice: the municipality's offences by
// year, and the chosen offence per neighbourhood. For a publication small counts are
// hidden, also where a sum would give them away.
func (m *Monitor) rowsOf(v *View, public bool) []row {
	var out []row
	add := func(area, offence string, s *figures.Snapshot, y YearCell, hidden bool) {
		x := row{Area: area, Offence: offence, Title: titles()[offence], Period: y.Period.String(), Status: y.Status.String()}
		if y.Status.Known() && !hidden {
			value := y.Value
			x.Value = &value
		}
		if hidden {
			x.Status = "protected"
		}
		if s != nil {
			x.Table, x.Source, x.Retrieved, x.Snapshot = s.Source.Table, s.Source.Publisher, s.Source.Retrieved.UTC().Format(time.DateOnly), s.ID
		}
		out = append(out, x)
	}
	hiddenTotal, hiddenRow := protect(v, public)
	for _, c := range v.Offences {
		for _, y := range c.Years {
			add(m.Municipality, c.Name, c.Snapshot, y, hiddenTotal[c.Name+" "+y.Period.String()])
		}
	}
	for i, r := range v.Rows {
		if r.Has {
			add(r.Area.Code, v.Choice.Offence, r.Source, r.Cell, hiddenRow[i])
		}
	}
	return out
}

// mostHidden is the largest count that a publication hides.
const mostHidden = 4

// protect says what a publication hides: counts from 1 to 4, and as many others as
// it takes that none can be computed by subtracting the neighbourhoods of one table
// from the municipality of the other (security.md control 18). The offences that are
// published do not make their total, so that sum gives nothing away.
func protect(v *View, public bool) (totals map[string]bool, rows map[int]bool) {
	totals, rows = map[string]bool{}, map[int]bool{}
	if !public {
		return totals, rows
	}
	var counts []int64
	var names []string
	place := map[string]int{}
	var known []bool
	for _, c := range v.Offences {
		for _, y := range c.Years {
			if y.Status.Known() {
				name := c.Name + " " + y.Period.String()
				place[name] = len(counts)
				names, counts = append(names, name), append(counts, y.Value)
				// The same total stands in the publication of every other offence and year, so
				// hiding it in this one hides nothing: whoever has two of them subtracts it.
				known = append(known, y.Value == 0 || y.Value > mostHidden)
			}
		}
	}
	neighbours := figures.Sum{Total: -1}
	if at, ok := place[v.Choice.Offence+" "+v.MapYear.String()]; ok {
		neighbours.Total = at
	}
	index := map[int]int{}
	for i, r := range v.Rows {
		if r.Has && r.Cell.Status.Known() {
			index[i] = len(counts)
			neighbours.Parts = append(neighbours.Parts, len(counts))
			counts = append(counts, r.Cell.Value)
		}
	}
	var sums []figures.Sum
	if neighbours.Total >= 0 && len(neighbours.Parts) > 0 {
		sums = append(sums, neighbours)
	}
	known = append(known, make([]bool, len(counts)-len(known))...)
	hidden := figures.Protect(counts, sums, known, figures.Rule{Max: mostHidden})
	for i, name := range names {
		totals[name] = hidden[i] != figures.Shown
	}
	for i, at := range index {
		rows[i] = hidden[at] != figures.Shown
	}
	return totals, rows
}

func (m *Monitor) rows(r *http.Request) ([]row, error) {
	c, err := choose(r)
	if err != nil {
		return nil, err
	}
	p, err := m.page(r, c)
	if err != nil {
		return nil, err
	}
	return m.rowsOf(p.view, r.URL.Query().Get("voor") == "publicatie"), nil
}

func (m *Monitor) csv(w http.ResponseWriter, r *http.Request) error {
	rows, err := m.rows(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="hic-`+m.Municipality+`.csv"`)
	out := csv.NewWriter(w)
	out.Write([]string{"gebied", "delict", "titel", "periode", "aantal", "status", "tabel", "bron", "opgehaald", "momentopname"})
	for _, x := range rows {
		value := ""
		if x.Value != nil {
			value = strconv.FormatInt(*x.Value, 10)
		}
		out.Write([]string{x.Area, x.Offence, x.Title, x.Period, value, x.Status, x.Table, x.Source, x.Retrieved, x.Snapshot})
	}
	out.Flush()
	return out.Error()
}

func (m *Monitor) json(w http.ResponseWriter, r *http.Request) error {
	rows, err := m.rows(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(map[string]any{"municipality": m.Municipality, "generated": web.Now(r).Format(time.RFC3339), "figures": rows})
}
