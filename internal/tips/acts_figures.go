package tips

import (
	"context"
	"encoding/csv"
	"io"
	"strconv"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/work"
	"baken/internal/text"
)

// Figures are the counts of a year, of tips that are there and of tombstones.
func (m *Room) Figures(ctx context.Context, who work.Actor, year int) (f Figures, years []int, err error) {
	err = m.Office.Keep.See(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := m.Office.Book.Require(u, FiguresAct, kind()); err != nil {
			return err
		}
		all, err := rows(u, m.Office.Book, FiguresAct, true)
		f, years = Count(all, year), yearsOf(all, yearOf(deadlines.DayOf(u.Now())))
		return err
	})
	return f, years, err
}

// Export writes the figures of a year as a table, for who may export them; why goes
// into the log.
func (m *Room) Export(ctx context.Context, who work.Actor, year int, why string, p *text.Printer, w io.Writer) error {
	var f Figures
	err := m.Office.Keep.See(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := m.Office.Book.RequireFor(u, ExportAct, kind(), why); err != nil {
			return err
		}
		all, err := rows(u, m.Office.Book, ExportAct, true)
		f = Count(all, year)
		return err
	})
	if err != nil {
		return err
	}
	out := csv.NewWriter(w)
	for _, line := range f.table(p) {
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// table is the figures as rows of text, headings first.
func (f Figures) table(p *text.Printer) [][]string {
	head := []string{p.T("tips.ask.Theme")}
	for _, o := range Outcomes {
		head = append(head, p.T("tips.option."+o))
	}
	out := [][]string{append(head, p.T("tips.not-assessed"), p.T("tips.total"))}
	for _, l := range f.Lines {
		line := []string{p.T("tips.option." + l.Theme)}
		if l.Theme == "" {
			line[0] = p.T("tips.total")
		}
		for _, c := range l.Counts {
			line = append(line, c.In(p))
		}
		out = append(out, line)
	}
	return out
}

// In is a count as it is shown: a number, or the mark of one that is protected.
func (c Shown) In(p *text.Printer) string {
	if c.Hidden {
		return p.T("tips.hidden")
	}
	return strconv.Itoa(c.N)
}

// YearReport is what M. hears over a year: what was done with each tip that came in it, the
// destroyed ones too.
type YearReport struct {
	Year int
	Rows []Row
	Sent deadlines.Day
}

// Year is the yearly feedback to M.
func (m *Room) Year(ctx context.Context, who work.Actor, year int) (y YearReport, err error) {
	y.Year = year
	err = m.Office.Keep.See(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := m.Office.Book.Require(u, FiguresAct, kind()); err != nil {
			return err
		}
		all, err := rows(u, m.Office.Book, FiguresAct, true)
		if err != nil {
			return err
		}
		for _, r := range all {
			if yearOf(r.Received) == year {
				y.Rows = append(y.Rows, r)
			}
		}
		y.Sent, err = sentYear(u, year)
		return err
	})
	return y, err
}

// SentYear records that the feedback over a year was sent.
func (m *Room) SentYear(ctx context.Context, who work.Actor, year int) error {
	return m.Office.Keep.Do(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := m.Office.Book.RequireFor(u, YearAct, kind(), strconv.Itoa(year)); err != nil {
			return err
		}
		return saveYear(u, year, deadlines.DayOf(u.Now()), who.Account)
	})
}

// YearDue is the year over which M. must still hear from us: the last one, when there
// were tips in it and nothing was sent; 0 for none.
func (m *Room) YearDue(ctx context.Context, who work.Actor) (year int, err error) {
	err = m.Office.Keep.See(ctx, who, Purpose, func(u *work.Unit) error {
		if _, err := m.Office.Book.Require(u, FiguresAct, kind()); err != nil {
			return err
		}
		last := yearOf(deadlines.DayOf(u.Now())) - 1
		all, err := rows(u, m.Office.Book, FiguresAct, true)
		if err != nil {
			return err
		}
		sent, err := sentYear(u, last)
		if err != nil || sent != deadlines.NoDay {
			return err
		}
		for _, r := range all {
			if yearOf(r.Received) == last {
				year = last
			}
		}
		return nil
	})
	return year, err
}
