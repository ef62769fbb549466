package app_test

import (
	"bytes"
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"baken/internal/bakentest"
	"baken/internal/kernel/access"
	"baken/internal/kernel/backup"
	"baken/internal/kernel/db"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/jobs"
	"baken/internal/kernel/ref"
	"baken/internal/kernel/work"
	"baken/internal/measures/dwangsom"
)

// A file that was not pursued is there on its last day and gone on the next, with its
// photographs, its row, its terms and who was involved. That it was, and who answers for
// it, stays; an open file stays; a backup of before does not bring it back.
func TestMeasuresExpire(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *bakentest.House) {
		ctx := context.Background()
		lawyer := work.Actor{Account: accountOf(t, h, access.Lawyer), Roles: []string{access.Lawyer}}
		open, _ := measure(t, h)
		id, photo := ref.NewID(), ref.NewID()
		seen := deadlines.OnDay(deadlines.DayOf(h.Now()) - 1)
		err := h.Dwangsom.Office.Begin(ctx, lawyer, id, "dwangsom.report", &dwangsom.Report{Place: "Wielewaalkade 7", Offender: "P. Kwikstaart", Address: "Wielewaalkade 7", Seen: seen, Facts: "Afval van Roodborst",
			Source: "inspection", Photos: []string{photo}, Lead: lawyer.Account}, dossier.Attachment{ID: photo, Name: "nachtegaaltje.png", Media: "image/png", Body: []byte("geen echte foto")})
		if err != nil {
			t.Fatal(err)
		}
		number := numberOf(t, h, id)
		page := "/maatregelen/dwangsom/" + id
		if a := h.SignIn(access.Lawyer).Get(page); a.Status != 200 || strings.Contains(a.Body, "vernietigd") {
			t.Fatalf("the open file answers %d, or speaks of its end", a.Status)
		}
		if err := h.Dwangsom.Office.Perform(ctx, lawyer, id, 1, "dwangsom.close", &dwangsom.Close{Outcome: "not-pursued", Words: "Opgeruimd door Roodborst"}); err != nil {
			t.Fatal(err)
		}
		last := deadlines.DayOf(h.Now()).AddYears(1)
		before, during := rowsOf(t, h.DB, id), func(want int) {
			t.Helper()
			if over, err := h.Dwangsom.Over(ctx); err != nil || over != want {
				t.Errorf("on %s %d files are over their term, want %d: %v", deadlines.DayOf(h.Now()), over, want, err)
			}
			if n, err := h.Dwangsom.Expire(ctx); err != nil || n != want {
				t.Errorf("on %s %d files were destroyed, want %d: %v", deadlines.DayOf(h.Now()), n, want, err)
			}
		}
		for _, table := range []string{"dossier_key", "dossier_entry", "dossier_file", "measure_case", "involvement"} {
			if before[table] == 0 {
				t.Fatalf("%s has nothing of the file, so that its end proves nothing", table)
			}
		}

		until := func(day deadlines.Day) { h.Wait(day.Midnight().Add(10 * time.Hour).Sub(h.Now())) }
		until(last - 29)
		if a := h.SignIn(access.Lawyer).Get("/maatregelen"); strings.Contains(a.Body, number) {
			t.Error("29 days before its end the list already tells that the file goes")
		}
		until(last - 28)
		list, file := h.SignIn(access.Lawyer).Get("/maatregelen").Body, h.SignIn(access.Lawyer).Get(page).Body
		for where, body := range map[string]string{"the list": list, "the page": file} {
			for _, want := range []string{number, "Selectielijst 12.3", "wordt vernietigd"} {
				if !strings.Contains(body, want) {
					t.Errorf("four weeks before its end %s does not say %q", where, want)
				}
			}
		}
		if a := h.SignIn(access.Officer).Get("/maatregelen"); strings.Contains(a.Body, number) || strings.Contains(a.Body, "Wielewaalkade") {
			t.Error("who may not open the file is told that it goes")
		}

		hold := func(role string, to deadlines.Day) bakentest.Answer {
			return h.SignIn(role).Post(page+"/bewaren", url.Values{"Ground": {"claim"}, "Until": {to.Midnight().Format("02-01-2006")}})
		}
		if a := hold(access.Lawyer, last+400); a.Status != 422 || !strings.Contains(a.Body, "binnen een jaar") {
			t.Errorf("kept for more than a year: %d", a.Status)
		}
		if a := hold(access.Adviser, last+30); a.Status != 404 {
			t.Errorf("who may not keep it longer is answered %d", a.Status)
		}
		if a := hold(access.Lawyer, last+30); a.Status != 200 || !strings.Contains(a.Body, "Langer bewaard. Een schadeclaim") || strings.Contains(a.Body, "wordt vernietigd") {
			t.Errorf("kept longer the page answers %d, and does not say why or still that it goes", a.Status)
		}
		until(last + 1)
		during(0)
		last += 30

		until(last)
		during(0)
		if a := h.SignIn(access.Lawyer).Get(page); a.Status != 200 {
			t.Errorf("on its last day the file answers %d", a.Status)
		}
		secret, err := age.GenerateX25519Identity()
		if err != nil {
			t.Fatal(err)
		}
		var data, keys bytes.Buffer
		if err := backup.Write(ctx, h.DB, "GM0556", h.Now(), &data, secret.Recipient()); err != nil {
			t.Fatal(err)
		}

		until(last + 1)
		during(1)
		if a := h.SignIn(access.Lawyer).Get(page); a.Status != 404 {
			t.Errorf("a destroyed file answers %d", a.Status)
		}
		for table, n := range rowsOf(t, h.DB, id) {
			if n > 0 && !strings.HasPrefix(table, "audit") && table != "dossier" && table != "measure_gone" {
				t.Errorf("%d rows of the file are left in %s", n, table)
			}
		}
		all := strings.ToLower(string(tables(t, h.DB)))
		for _, word := range []string{"wielewaal", "kwikstaart", "roodborst", "nachtegaal"} {
			if strings.Contains(all, word) {
				t.Errorf("%q can still be read", word)
			}
		}
		if said := string(auditOf(t, h)); !strings.Contains(said, "dwangsom.expire") || !strings.Contains(said, "dwangsom.keep") || !strings.Contains(said, "dossier.destroy") || !strings.Contains(said, number) {
			t.Error("the log does not say that the file was destroyed, and which")
		}
		gone := h.SignIn(access.Lawyer).Get("/maatregelen?gesloten=1").Body
		_, gone, _ = strings.Cut(gone, `id="vernietigd"`)
		for _, want := range []string{number, "Selectielijst 12.3", "Samir Bouzidi"} {
			if !strings.Contains(gone, want) {
				t.Errorf("the list of what was destroyed does not say %q", want)
			}
		}
		if a := h.SignIn(access.Officer).Get("/maatregelen?gesloten=1"); strings.Contains(a.Body, number) {
			t.Error("who could not open the file learns of its end")
		}
		if a := h.SignIn(access.Lawyer).Get("/maatregelen/dwangsom/" + open); a.Status != 200 {
			t.Errorf("the open file answers %d", a.Status)
		}
		if r, err := h.Log.Verify(ctx); err != nil || !r.OK() {
			t.Errorf("after the destruction the log does not verify: %v %v", err, r.Problems)
		}

		if err := backup.WriteKeys(ctx, h.DB, "GM0556", h.Now(), &keys, secret.Recipient()); err != nil {
			t.Fatal(err)
		}
		fresh := restored(t, h, data.Bytes(), keys.Bytes(), secret)
		if _, err := fresh.Dwangsom.Office.Load(ctx, lawyer, id); err == nil {
			t.Error("the restored backup opens the file")
		}
		left := rowsOf(t, fresh.DB, id)
		if left["measure_case"] > 0 || left["involvement"] > 0 || left["measure_gone"] != 1 || left["dossier_entry"] > 0 {
			t.Errorf("the restored backup has %v", left)
		}
	})
}

// rowsOf counts the rows of each table in which the id of a file stands.
func rowsOf(t *testing.T, d *db.DB, id string) map[string]int {
	t.Helper()
	out, name := map[string]int{}, ""
	err := d.Dump(context.Background(), func(x db.Table) error { name = x.Name; return nil }, func(row []any) error {
		for _, v := range row {
			if s, ok := v.(string); ok && strings.Contains(s, id) {
				out[name]++
				return nil
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Every kind destroys its closed files by itself, and no open one.
func TestEveryMeasureExpires(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	ctx := context.Background()
	for kind, all := range map[string][]jobs.Kind{"dwangsom": h.Dwangsom.Plug().Jobs, "huisverbod": h.Huisverbod.Plug().Jobs, "sluiting": h.Sluiting.Plug().Jobs, "woonoverlast": h.Woonoverlast.Plug().Jobs, "gebiedsverbod": h.Gebiedsverbod.Plug().Jobs} {
		if !slices.ContainsFunc(all, func(j jobs.Kind) bool { return j.Name == kind+".expire" }) {
			t.Errorf("nothing destroys the files of %s", kind)
		}
	}
	count := func(closed string) (n int64) {
		t.Helper()
		err := h.DB.Read(ctx, func(tx *db.Tx) (err error) {
			n, _, err = db.One(tx, db.Column[int64], "SELECT COUNT(*) FROM measure_case WHERE closed_on "+closed)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	open, closed := count("= 0"), count("> 0")
	if open == 0 || closed == 0 {
		t.Fatalf("the demo has %d open files and %d closed ones", open, closed)
	}
	h.Wait(11 * 366 * 24 * time.Hour)
	if _, err := h.Expire(ctx); err != nil {
		t.Fatal(err)
	}
	if a, b := count("= 0"), count("> 0"); a != open || b != 0 {
		t.Errorf("of %d open files %d are left, of %d closed ones %d", open, a, closed, b)
	}
	if over, err := h.Over(ctx); err != nil || over != 0 {
		t.Errorf("%d are still over their term: %v", over, err)
	}
}
