package app_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"baken/internal/bakentest"
	"baken/internal/kernel/access"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/measures/dwangsom"
)

// The register of an address and of a person: files for who may open them, numbers for
// who works under the purpose, nothing of a kind behind a wall; and the question is in
// the log without what was asked.
func TestRegisterOfAnAddress(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *bakentest.House) {
		lawyer := work.Actor{Account: accountOf(t, h, access.Lawyer), Roles: []string{access.Lawyer}}
		for range 2 {
			err := h.Dwangsom.Office.Begin(context.Background(), lawyer, ref.NewID(), "dwangsom.report", &dwangsom.Report{Place: "Kanariekade 7", Offender: "P. Putter", Address: "Kanariekade 7",
				Seen: deadlines.OnDay(deadlines.DayOf(h.Now()) - 1), Facts: "Afval", Source: "inspection", Lead: lawyer.Account})
			if err != nil {
				t.Fatal(err)
			}
		}
		ask := func(role, subject string) string {
			t.Helper()
			a := h.SignIn(role).Post("/maatregelen/register", url.Values{"subject": {subject}})
			if a.Status != 200 {
				t.Fatalf("%s: %d", role, a.Status)
			}
			_, found, _ := strings.Cut(a.Body, `id="gevonden"`)
			return found
		}
		for _, subject := range []string{"Kanariekade 7", "kanariekade  7, 3144 AA Maassluis", "p. putter"} {
			if got := ask(access.Lawyer, subject); strings.Count(got, "/maatregelen/dwangsom/") != 2 || strings.Contains(got, "Nog ") {
				t.Errorf("the lawyer finds %.300s", got)
			}
			// An officer who is not involved learns how many, and not which.
			if got := ask(access.Officer, subject); strings.Contains(got, "/maatregelen/dwangsom/") || !strings.Contains(got, "Nog 2 dossiers") {
				t.Errorf("the officer finds %.300s", got)
			}
		}
		// That there is a huisverbod says what happens in a home: no number of it.
		var place string
		for _, home := range []string{"Lijnbaan 14", "Vlinderlaan 8", "Haven 31"} {
			if got := ask(access.Lawyer, home); strings.Contains(got, "/maatregelen/huisverbod/") {
				place = home
			}
		}
		if place == "" {
			t.Fatal("the demo has no huisverbod at the places that are asked for")
		}
		if got := ask(access.Officer, place); strings.Contains(got, "uisverbod") || strings.Contains(got, "Nog ") {
			t.Errorf("an officer learns of a huisverbod: %.300s", got)
		}
		if a := h.SignIn(access.TipCoordinator).Post("/maatregelen/register", url.Values{"subject": {"Kanariekade 7"}}); a.Status != 404 {
			t.Errorf("who works for another purpose is answered %d", a.Status)
		}
		if said := h.Said() + strings.Join(h.Links(), " ") + string(auditOf(t, h)); strings.Contains(strings.ToLower(said), "kanariekade") || strings.Contains(strings.ToLower(said), "putter") {
			t.Error("what was asked is in a log")
		}
	})
}

func auditOf(t *testing.T, h *bakentest.House) (out []byte) {
	t.Helper()
	var name string
	err := h.DB.Dump(context.Background(), func(x db.Table) error { name = x.Name; return nil }, func(row []any) error {
		if strings.HasPrefix(name, "audit") {
			for _, v := range row {
				if s, ok := v.(string); ok {
					out = append(out, s...)
				}
			}
		}
		return nil
	})
	if err != nil || len(out) == 0 {
		t.Fatal(err)
	}
	return out
}
