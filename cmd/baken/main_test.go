package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"
)

// shell is one data folder with the environment of a server.
type shell struct {
	t   *testing.T
	dir string
	in  string // what is typed on standard input
}

func newShell(t *testing.T) shell { return shell{t: t, dir: t.TempDir()} }

func (s shell) getenv(k string) string {
	if k == "BAKEN_DATA" {
		return s.dir
	}
	return ""
}

// run gives what a person sees of a command.
func (s shell) run(args ...string) (code int, out, errOut string) {
	s.t.Helper()
	var o, e bytes.Buffer
	code = run(context.Background(), args, strings.NewReader(s.in), &o, &e, s.getenv)
	return code, o.String(), e.String()
}

// must is run of a command that succeeds.
func (s shell) must(args ...string) string {
	s.t.Helper()
	code, out, errOut := s.run(args...)
	if code != 0 {
		s.t.Fatalf("%v: exit %d, %s", args, code, errOut)
	}
	return out
}

func (s shell) file(name, content string) string {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return path
}

func (s shell) decode(text string, into any) {
	s.t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		s.t.Fatalf("%v in %.300s", err, text)
	}
}

const robberies = "gemeente_code,misdrijf_code,periode,geregistreerde_misdrijven\nGM0556,1.4.6,2024JJ00,7\nGM0556,1.4.6,2025JJ00,9\n"

func TestVersionAndUsage(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	if out := s.must("version"); !strings.HasPrefix(out, "baken ") {
		t.Errorf("%q", out)
	}
	if out := s.must("--help"); !strings.Contains(out, "import figures") {
		t.Errorf("%.200s", out)
	}
	for _, args := range [][]string{{}, {"nonsense"}, {"crime", "series"}, {"import", "figures"}, {"version", "--loud"}, {"restore", "x"}} {
		if code, _, errOut := s.run(args...); code != 2 || errOut == "" {
			t.Errorf("%v: exit %d, %q", args, code, errOut)
		}
	}
}

func TestConfigCheck(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	if out := s.must("config", "check"); !strings.Contains(out, "GM0556") {
		t.Errorf("%q", out)
	}
	if err := os.WriteFile(filepath.Join(s.dir, "baken.toml"), []byte("[session]\nidel = \"15m\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, errOut := s.run("config", "check")
	if code != 1 || !strings.Contains(errOut, "session.idel") {
		t.Errorf("exit %d, %q", code, errOut)
	}
}

func TestCrimeSeries(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	var one map[string]any
	s.decode(s.must("crime", "series", "--area", "GM0556", "--offence", "1.1.1", "--from", "2024", "--json"), &one)
	var keys []string
	for k := range one {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	if got := strings.Join(keys, " "); got != "area cells offence retrieved snapshot source table title" {
		t.Errorf("the shape is %s", got)
	}
	if one["table"] != "47018NED" || one["source"] != "Politie" || !regexp.MustCompile(`^\d{4}-\d\d-\d\d$`).MatchString(one["retrieved"].(string)) || one["snapshot"] == "" {
		t.Errorf("%v", one)
	}
	cells, err := json.Marshal(one["cells"])
	if err != nil || string(cells) != `[{"period":"2024JJ00","status":"final","value":44},{"period":"2025JJ00","status":"final","value":30}]` {
		t.Errorf("%s", cells)
	}
	var all []seriesJSON
	s.decode(s.must("crime", "series", "--area", "GM0556", "--offence", "hic", "--json"), &all)
	if len(all) != 7 || all[1].Offence != "1.4.6" || all[1].Cells == nil || len(all[1].Cells) != 0 {
		t.Errorf("%+v", all)
	}
	for _, args := range [][]string{{"--area", "Maassluis", "--offence", "1.1.1"}, {"--area", "GM0556", "--offence", "x"}, {"--area", "GM0556", "--offence", "1.1.1", "--from", "soon"}} {
		if code, _, errOut := s.run(append([]string{"crime", "series"}, args...)...); code != 1 || !strings.HasPrefix(errOut, "baken: ‘") {
			t.Errorf("%v: exit %d, %q", args, code, errOut)
		}
	}
}

func TestAccessMatrix(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	var cells []struct {
		Role, Purpose, Basis, Kind, Act string
		Allowed                         bool
	}
	s.decode(s.must("access", "matrix", "--json"), &cells)
	seen := map[string]bool{}
	for _, x := range cells {
		if x.Purpose == "" || x.Basis == "" || x.Kind == "" {
			t.Errorf("%+v", x)
		}
		seen[x.Role+" "+x.Act] = x.Allowed
	}
	if !seen["analist figures.import"] || seen["burgemeester figures.import"] || !seen["burgemeester figures.read"] {
		t.Errorf("%v", seen)
	}
	if _, listed := seen["system figures.import"]; listed {
		t.Error("the matrix lists the program as if it were a role that people hold")
	}
}

func TestImportFigures(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	good := s.file("47018NED-straatroof.csv", robberies)
	var out struct {
		Table     string
		Cells     int
		Unchanged bool
	}
	s.decode(s.must("import", "figures", "--json", good), &out)
	if out.Table != "47018NED" || out.Cells != 2 || out.Unchanged {
		t.Errorf("%+v", out)
	}
	s.decode(s.must("import", "figures", "--json", good), &out)
	if !out.Unchanged {
		t.Error("the same file again is new")
	}
	broken := s.file("47018NED-stuk.csv", strings.Replace(robberies, "2025JJ00,9", "2025JJ00,negen", 1))
	before := s.must("crime", "series", "--area", "GM0556", "--offence", "1.4.6", "--json")
	code, stdout, errOut := s.run("import", "figures", broken)
	if code != 1 || stdout != "" || !strings.Contains(errOut, "47018NED-stuk.csv, regel 3") || !strings.Contains(errOut, "negen") {
		t.Errorf("exit %d, %q, %q", code, stdout, errOut)
	}
	if after := s.must("crime", "series", "--area", "GM0556", "--offence", "1.4.6", "--json"); after != before {
		t.Errorf("a broken file changed the series to %s", after)
	}
	// One broken file does not keep the others back, and is still a failure.
	second := s.file("47018NED-overval.csv", strings.ReplaceAll(robberies, "1.4.6", "1.4.7"))
	if code, stdout, _ := s.run("import", "figures", broken, second); code != 1 || !strings.Contains(stdout, "overval") {
		t.Errorf("exit %d, %q", code, stdout)
	}
	if code, _, _ := s.run("import", "figures", filepath.Join(s.dir, "none.csv")); code != 1 {
		t.Errorf("a file that is not there: exit %d", code)
	}
}

// Streets are one file, read whole or not at all.
func TestImportStreets(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	road := func(name string) string {
		return `{"properties":{"STT_NAAM":"` + name + `"},"geometry":{"type":"LineString","coordinates":[[76000,437000],[76100,437000]]}}`
	}
	file := func(features ...string) string {
		return s.file("wegvakken.geojson", `{"type":"FeatureCollection","features":[`+strings.Join(features, ",")+`]}`)
	}
	if out := s.must("import", "streets", file(road("Zuiddijk"), road("Haven"))); !strings.Contains(out, "2 straten opgeslagen") {
		t.Errorf("%q", out)
	}
	if out := s.must("import", "streets", file(road("Zuiddijk"))); !strings.Contains(out, "1 straat opgeslagen") {
		t.Errorf("%q", out)
	}
	code, _, errOut := s.run("import", "streets", file(road("")))
	if code != 1 || !strings.Contains(errOut, "wegvakken.geojson bevat geen straten met een naam") {
		t.Errorf("exit %d, %q", code, errOut)
	}
}

// A byte changed in the database behind the program's back must be found.
func TestAuditVerify(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	s.must("import", "figures", s.file("47018NED-straatroof.csv", robberies))
	var report struct {
		Entries  int
		Root     string
		Problems []string
	}
	s.decode(s.must("audit", "verify", "--json"), &report)
	if report.Entries == 0 || report.Root == "" || report.Problems == nil || len(report.Problems) != 0 {
		t.Fatalf("%+v", report)
	}
	if lines := strings.Count(s.must("audit", "export"), "\n"); lines < report.Entries {
		t.Errorf("the export has %d lines for %d entries", lines, report.Entries)
	}
	var flipped int
	err := filepath.WalkDir(s.dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".db" {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		// The act of the entry: no index holds it.
		at := bytes.LastIndex(raw, []byte("figures.import"))
		if at < 0 {
			return nil
		}
		flipped++
		raw[at] ^= 1
		return os.WriteFile(path, raw, 0o600)
	})
	if err != nil || flipped != 1 {
		t.Fatalf("%d files changed: %v", flipped, err)
	}
	code, out, errOut := s.run("audit", "verify", "--json")
	s.decode(out, &report)
	if code != 1 || len(report.Problems) == 0 || !strings.Contains(errOut, "not whole") {
		t.Errorf("exit %d, %+v, %q", code, report, errOut)
	}
}

func TestUserAdmin(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	codes := map[string]bool{}
	for _, login := range []string{"een@maassluis.example", "twee@maassluis.example"} {
		out := s.must("user", "admin", login, "Iemand")
		m := regexp.MustCompile(`one-time code, valid for 7 days: (\S+)\n`).FindStringSubmatch(out)
		if m == nil || len(m[1]) < 12 || codes[m[1]] {
			t.Fatalf("%q", out)
		}
		codes[m[1]] = true
	}
	code, out, errOut := s.run("user", "admin", "drie@maassluis.example", "Iemand")
	if code != 1 || out != "" || !strings.Contains(errOut, "al twee beheerders") {
		t.Errorf("exit %d, %q, %q", code, out, errOut)
	}
	list := s.must("user", "list")
	if strings.Count(list, "beheerder") != 2 || strings.Contains(list, "drie@") {
		t.Errorf("%s", list)
	}
	for c := range codes {
		if strings.Contains(list, c) {
			t.Error("the list shows a code")
		}
	}
}

func TestBackupAndRestore(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	s.must("import", "figures", s.file("47018NED-straatroof.csv", robberies))
	ask := []string{"crime", "series", "--area", "GM0556", "--offence", "1.4.6", "--json"}
	want := s.must(ask...)
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(t.TempDir(), "backup.age")
	if code, _, errOut := s.run("backup", backup); code != 1 || !strings.Contains(errOut, "recipient") {
		t.Errorf("without a recipient: exit %d, %q", code, errOut)
	}
	s.must("backup", backup, "--to", key.Recipient().String())
	if raw, err := os.ReadFile(backup); err != nil || bytes.Contains(raw, []byte("figures.import")) {
		t.Errorf("the backup can be read without the key: %v", err)
	}
	if code, _, _ := s.run("backup", backup, "--to", key.Recipient().String()); code != 1 {
		t.Errorf("a backup was overwritten: exit %d", code)
	}
	// Restored beside the keys of the municipality, which a backup does not hold.
	other := newShell(t)
	keys, err := filepath.Glob(filepath.Join(s.dir, "*", "keys"))
	if err != nil || len(keys) != 1 {
		t.Fatalf("%v %v", keys, err)
	}
	to := filepath.Join(other.dir, filepath.Base(filepath.Dir(keys[0])), "keys")
	if err := os.CopyFS(to, os.DirFS(keys[0])); err != nil {
		t.Fatal(err)
	}
	for _, f := range []string{"audit.key", "vault.key"} {
		os.Chmod(filepath.Join(to, f), 0o600)
	}
	stranger, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	if code, _, _ := other.run("restore", backup, "--key", s.file("wrong.key", stranger.String()+"\n")); code != 1 {
		t.Errorf("another key opened it: exit %d", code)
	}
	out := other.must("restore", backup, "--key", s.file("right.key", key.String()+"\n"))
	if !strings.Contains(out, "is whole") {
		t.Errorf("%q", out)
	}
	for _, args := range [][]string{{"retention", "run", "--dry-run"}, {"retention", "run"}} {
		if out := other.must(args...); !strings.HasPrefix(out, "0 dossiers") {
			t.Errorf("%v: %q", args, out)
		}
	}
	if out := other.must("keys", "add"); !strings.Contains(out, "a new key seals") {
		t.Errorf("%q", out)
	}
	if code, _, errOut := other.run("keys", "retire"); code != 1 || !strings.Contains(errOut, "less than an hour") {
		t.Errorf("the old key was taken away at once: exit %d, %q", code, errOut)
	}
	if code, _, errOut := other.run("restore", backup, "--key", s.file("right.key", key.String()+"\n"), "--keys", backup); code != 1 || !strings.Contains(errOut, "not the file of keys") {
		t.Errorf("a backup was taken for its keys: exit %d, %q", code, errOut)
	}
	if got := other.must(ask...); got != want {
		t.Errorf("restored %s, want %s", got, want)
	}
	other.must("audit", "verify")
	if code, _, _ := other.run("restore", backup, "--key", s.file("right.key", key.String()+"\n")); code != 1 {
		t.Errorf("a database in use was overwritten: exit %d", code)
	}
}

// Every file of figures that the founders were given is read or told apart as a
// description; none stops the others.
func TestSharedFiles(t *testing.T) {
	t.Parallel()
	shared := os.Getenv("BAKEN_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	var files []string
	err := filepath.WalkDir(filepath.Join(shared, "data", "cbs"), func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && (filepath.Ext(path) == ".csv" || filepath.Ext(path) == ".json") {
			files = append(files, path)
		}
		return err
	})
	if os.IsNotExist(err) {
		t.Skip("the folder with shared files is not here; BAKEN_SHARED names it")
	}
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	s := newShell(t)
	for _, f := range files {
		if code, _, errOut := s.run("import", "figures", f); code != 0 {
			t.Errorf("%s: exit %d, %s", f, code, errOut)
		}
	}
	s.must("audit", "verify")
}
