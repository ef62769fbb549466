package tips

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"

	"baken/internal/web"
	"baken/internal/web/form"
	"baken/internal/web/ui"
)

// exportReasons are why figures leave the inbox.
var exportReasons = []string{"council", "m", "policy"}

func (m *Room) figures(w http.ResponseWriter, r *http.Request) error {
	return m.figuresPage(w, r, form.Empty(map[string]string{"year": r.URL.Query().Get("jaar")}))
}

func (m *Room) figuresPage(w http.ResponseWriter, r *http.Request, filled *form.Form) error {
	f := m.frame(w, r)
	year, err := strconv.Atoi(filled.Typed("year"))
	if err != nil {
		year = yearOf(f.today)
	}
	counts, years, err := m.Figures(r.Context(), web.Actor(r), year)
	if err != nil {
		return err
	}
	return answerForm(w, r, f.p, f.p.T("tips.figures"), filled, figuresPage(f, counts, years, ui.Filled{P: f.p, Form: filled}))
}

func (m *Room) export(w http.ResponseWriter, r *http.Request) error {
	filled := form.Read(r)
	year, why := filled.Int("year", 2000, 2200), filled.Choice("why", exportReasons...)
	if filled.Err() != nil {
		return m.figuresPage(w, r, filled)
	}
	var out bytes.Buffer
	if err := m.Export(r.Context(), web.Actor(r), year, why, web.Printer(r), &out); err != nil {
		return err
	}
	return web.Download(w, "tips-"+strconv.Itoa(year)+".csv", "text/csv; charset=utf-8", out.Bytes())
}

func (m *Room) year(w http.ResponseWriter, r *http.Request) error {
	f := m.frame(w, r)
	n, err := strconv.Atoi(r.URL.Query().Get("jaar"))
	if err != nil {
		n = yearOf(f.today)
	}
	y, err := m.Year(r.Context(), web.Actor(r), n)
	if err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: f.p.T("tips.year", "year", n), Body: yearPage(f, y)})
}

func (m *Room) sent(w http.ResponseWriter, r *http.Request) error {
	filled := form.Read(r)
	n := filled.Int("year", 2000, yearOf(m.frame(w, r).today))
	if err := filled.Err(); err != nil {
		return err
	}
	if err := m.SentYear(r.Context(), web.Actor(r), n); err != nil {
		return err
	}
	web.Notice(w, r, "tips.year-recorded")
	return web.SeeOther(w, r, yearPath(n))
}

// feedbackWords are the three answers of a feedback in words; empty for none.
func (f frame) feedbackWords(code string) []string {
	out := []string{"", "", ""}
	for i, part := range strings.SplitN(code, "/", 3) {
		if part != "" {
			out[i] = f.p.T("tips.option.feedback." + []string{"Used", "Result", "Worth"}[i] + "." + part)
		}
	}
	return out
}

// yearPath is the page of the feedback over a year.
func yearPath(year int) string { return base + "/terugkoppeling?jaar=" + strconv.Itoa(year) }
