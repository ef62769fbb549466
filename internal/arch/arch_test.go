// Package arch holds the shape of the program: who may import whom, what stands in
// which file, what every package says about itself. It is ordinary tests, and each
// says why the rule exists; a rule that nobody checks decays.
package arch_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"baken/internal/text"
)

const root = "../.."

// pkg is one package of the product, tests left out.
type pkg struct {
	dir     string // from the root: internal/kernel/db
	files   map[string]*ast.File
	imports map[string]bool // packages of the product, without "baken/"
}

func packages(t *testing.T) map[string]*pkg {
	t.Helper()
	out := map[string]*pkg{}
	fset := token.NewFileSet()
	for _, top := range []string{"cmd", "internal"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(root, filepath.Dir(path))
			if err != nil {
				return err
			}
			p := out[rel]
			if p == nil {
				p = &pkg{dir: rel, files: map[string]*ast.File{}, imports: map[string]bool{}}
				out[rel] = p
			}
			p.files[filepath.Base(path)] = f
			for _, i := range f.Imports {
				name, _ := strconv.Unquote(i.Path.Value)
				if in, ok := strings.CutPrefix(name, "baken/"); ok {
					p.imports[in] = true
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(out) < 20 {
		t.Fatalf("%d packages found: the tests look in the wrong place and would pass on nothing", len(out))
	}
	return out
}

// levels is the building from the ground up. An import goes down, never up or
// sideways on one level, except where within says that the level has an order of
// its own.
var levels = []struct {
	name, why string
	dirs      []string
}{
	{"vocabulary", "everybody uses these words, so they know nobody", []string{"internal/fault", "internal/text", "internal/kernel/ref"}},
	{"settings", "a setting is plain data", []string{"internal/config"}},
	{"database", "one place knows the engines", []string{"internal/kernel/db"}},
	{"unit of work", "a commit is made of what lies below it; what lies above only adds to it", []string{"internal/kernel/work", "internal/kernel/vault", "internal/kernel/tenancy"}},
	{"log and access", "they decide and record for everything above", []string{"internal/kernel/audit", "internal/kernel/access", "internal/kernel/jobs", "internal/kernel/backup"}},
	{"kernels", "kernels know no capability: they point at records with a ref", []string{"internal/kernel/identity", "internal/kernel/figures", "internal/kernel/deadlines", "internal/kernel/documents", "internal/kernel/strip"}},
	{"mail", "a mail has a day, and its words are made visible as strip does", []string{"internal/kernel/eml"}},
	{"agenda", "it watches the terms that deadlines computes", []string{"internal/kernel/agenda"}},
	{"inputs", "an input may hold days", []string{"internal/kernel/ask"}},
	{"journal", "a dossier has terms and is opened by access", []string{"internal/kernel/dossier"}},
	{"places", "areas have the codes of figures", []string{"internal/kernel/places"}},
	{"connectors", "what lies outside the building is reached from one folder, imported by app only", []string{"internal/connect/cbs"}},
	{"fakes", "the stand-in for a service outside, for tests", []string{"internal/connect/cbs/cbsfake"}},
	{"forms", "reading what people type needs no page", []string{"internal/assets", "internal/web/form"}},
	{"web", "pages stand on the router", []string{"internal/web"}},
	{"parts", "the parts of pages", []string{"internal/web/ui", "internal/web/webtest"}},
	{"plug", "what a capability hands in", []string{"internal/plug"}},
	{"reference data", "the figures that the program carries, and the streets of its demo", []string{"internal/crimemonitor/builtin", "internal/demostreets"}},
	{"measures", "what every measure shares", []string{"internal/measures"}},
	{"capabilities", "rooms do not know each other; app passes a function where one needs another", []string{"internal/account", "internal/admin", "internal/agenda", "internal/crimemonitor", "internal/overview", "internal/tips", "internal/measures/dwangsom", "internal/measures/huisverbod", "internal/measures/sluiting", "internal/measures/woonoverlast", "internal/measures/gebiedsverbod"}},
	{"app", "the one place that knows all", []string{"internal/app"}},
	{"tests' houses", "a whole Baken in a test", []string{"internal/bakentest/dbtest", "internal/bakentest/browser", "internal/bakentest/dossiertest", "internal/bakentest", "internal/web/ui/gallery"}},
	{"programs", "the command lines", []string{"cmd/baken", "cmd/assets", "internal/crimemonitor/builtin/gen", "internal/demostreets/gen"}},
}

// within are imports on one level that have an order of their own, with its reason.
var within = map[string]string{
	"internal/bakentest -> internal/bakentest/dbtest":             "a house needs a database",
	"internal/bakentest/dossiertest -> internal/bakentest/dbtest": "a kind runs on both engines",
	"internal/kernel/places -> internal/kernel/figures":           "areas have the codes of figures",
	"internal/web -> internal/web/form":                           "the router reads forms",
}

func TestImportsGoDown(t *testing.T) {
	level := map[string]int{}
	for i, l := range levels {
		for _, d := range l.dirs {
			level[d] = i
		}
	}
	all := packages(t)
	for dir, p := range all {
		from, ok := level[dir]
		if !ok {
			t.Errorf("%s stands on no level: add it to the table, so that the next reader knows what it may use", dir)
			continue
		}
		for in := range p.imports {
			to, ok := level[in]
			if ok && to >= from && within[dir+" -> "+in] == "" {
				t.Errorf("%s (%s) imports %s (%s): %s", dir, levels[from].name, in, levels[to].name, levels[to].why)
			}
		}
	}
	for dir := range level {
		if all[dir] == nil {
			t.Errorf("%s is in the table of levels and does not exist: a rule about nothing protects nothing", dir)
		}
	}
}

// Only app may reach a connector: whoever else did could call out on its own.
func TestOnlyAppCallsOut(t *testing.T) {
	for dir, p := range packages(t) {
		for in := range p.imports {
			if strings.HasPrefix(in, "internal/connect/") && dir != "internal/app" && !strings.HasPrefix(dir, "internal/connect/") && dir != "internal/crimemonitor/builtin/gen" {
				t.Errorf("%s imports %s: only app connects Baken with what lies outside", dir, in)
			}
		}
	}
}

// Nobody but app may know that there are tips: a room that imports them could count,
// list or mention one. Where the inbox asks something of another room, app hands it a
// function that answers yes or no.
func TestNobodyKnowsTips(t *testing.T) {
	found := false
	for dir, p := range packages(t) {
		found = found || dir == "internal/tips"
		for in := range p.imports {
			if strings.HasPrefix(in, "internal/tips") && dir != "internal/app" && !strings.HasPrefix(dir, "internal/tips") {
				t.Errorf("%s imports %s: nobody but app may", dir, in)
			}
		}
	}
	if !found {
		t.Fatal("internal/tips does not exist: the rule protects nothing")
	}
}

// Figures hold no persons: the monitor must not reach who people are, not even
// through another package.
func TestFiguresDoNotReachPersons(t *testing.T) {
	all := packages(t)
	var reach func(dir string, seen map[string]bool)
	reach = func(dir string, seen map[string]bool) {
		if p := all[dir]; p != nil && !seen[dir] {
			seen[dir] = true
			for in := range p.imports {
				reach(in, seen)
			}
		}
	}
	for _, dir := range []string{"internal/crimemonitor", "internal/kernel/figures"} {
		seen := map[string]bool{}
		reach(dir, seen)
		if !seen[dir] {
			t.Fatalf("%s does not exist: the rule protects nothing", dir)
		}
		if seen["internal/kernel/identity"] {
			t.Errorf("%s reaches internal/kernel/identity: there are no persons in figures", dir)
		}
	}
}

func stdImports(f *ast.File) (out []string) {
	for _, i := range f.Imports {
		name, _ := strconv.Unquote(i.Path.Value)
		out = append(out, name)
	}
	return out
}

// What a file may do can be told from its name.
func TestFileContracts(t *testing.T) {
	web := regexp.MustCompile(`^(web|api)`)
	for dir, p := range packages(t) {
		for name, f := range p.files {
			for _, in := range stdImports(f) {
				switch {
				case in == "database/sql" && dir != "internal/kernel/db" && dir != "internal/bakentest/dbtest":
					t.Errorf("%s/%s imports database/sql: queries go through the unit of work, which leaves a trace", dir, name)
				case in == "net/http" && !web.MatchString(name) && !httpAllowed(dir, name):
					t.Errorf("%s/%s imports net/http: pages stand in web*.go, so that rules and acts work without a browser", dir, name)
				case strings.HasPrefix(name, "rules") && !slices.Contains([]string{"math", "slices", "strconv", "time", "sort", "strings", "fmt", "cmp", "baken/internal/fault", "baken/internal/kernel/figures", "baken/internal/kernel/deadlines"}, in):
					t.Errorf("%s/%s imports %s: rules are pure functions that a jurist or analyst can follow", dir, name, in)
				}
			}
		}
	}
}

func httpAllowed(dir, name string) bool {
	for _, ok := range []string{"internal/web", "internal/connect", "internal/app", "internal/assets", "internal/plug", "internal/overview", "internal/bakentest", "cmd/"} {
		if strings.HasPrefix(dir, ok) {
			return true
		}
	}
	return false
}

// SQL stands in store*.go, next to its scan; a text of SQL elsewhere is a second
// store that nobody finds.
func TestSQLStandsInStores(t *testing.T) {
	sql := regexp.MustCompile(`^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP) [\w$*(]`)
	for dir, p := range packages(t) {
		if dir == "internal/kernel/db" || dir == "internal/bakentest/dbtest" {
			continue
		}
		for name, f := range p.files {
			if strings.HasPrefix(name, "store") {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if s, err := strconv.Unquote(lit.Value); err == nil && sql.MatchString(s) {
						t.Errorf("%s/%s holds SQL (%.40q): move it to store.go", dir, name, s)
					}
				}
				return true
			})
		}
	}
}

// A query of a capability names its own tables only; another one's are asked of
// their owner by an act.
func TestQueriesNameOwnTables(t *testing.T) {
	owners := map[string]string{
		"audit_": "internal/kernel/audit", "role_grant": "internal/kernel/access", "involvement": "internal/kernel/access",
		"job": "internal/kernel/jobs", "job_": "internal/kernel/jobs", "account": "internal/kernel/identity", "passkey": "internal/kernel/identity",
		"session": "internal/kernel/identity", "signin_": "internal/kernel/identity", "figures_": "internal/kernel/figures",
		"places_": "internal/kernel/places", "dossier": "internal/kernel/dossier", "dossier_": "internal/kernel/dossier", "crime_": "internal/crimemonitor", "house_": "internal/app", "measure_": "internal/measures", "tip_": "internal/tips", "agenda_": "internal/kernel/agenda",
	}
	table := regexp.MustCompile(`(?:FROM|INTO|UPDATE|JOIN) ([a-z_]+)`)
	for dir, p := range packages(t) {
		for name, f := range p.files {
			if !strings.HasPrefix(name, "store") {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				lit, ok := n.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					return true
				}
				for _, m := range table.FindAllStringSubmatch(lit.Value, -1) {
					if owner := ownerOf(owners, m[1]); owner != "" && owner != dir {
						t.Errorf("%s/%s asks the table %s of %s: ask its owner", dir, name, m[1], owner)
					}
				}
				return true
			})
		}
	}
}

func ownerOf(owners map[string]string, table string) string {
	if o, ok := owners[table]; ok {
		return o
	}
	for prefix, o := range owners {
		if strings.HasSuffix(prefix, "_") && strings.HasPrefix(table, prefix) {
			return o
		}
	}
	return ""
}

// The clock is read in work and by the programs, so that every test can set it.
func TestClockIsReadInOnePlace(t *testing.T) {
	for dir, p := range packages(t) {
		if dir == "internal/kernel/work" || strings.HasPrefix(dir, "cmd/") || strings.HasPrefix(dir, "internal/bakentest") || dir == "internal/connect/cbs" {
			continue // the client of CBS waits between attempts: elapsed time, not a date
		}
		for name, f := range p.files {
			ast.Inspect(f, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" && s.Sel.Name == "Now" {
						t.Errorf("%s/%s reads the clock: take the moment from the unit of work", dir, name)
					}
				}
				return true
			})
		}
	}
}

// What runs before main cannot be seen at the call, tested or left out.
func TestNoInit(t *testing.T) {
	for dir, p := range packages(t) {
		for name, f := range p.files {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
					t.Errorf("%s/%s has an init", dir, name)
				}
			}
		}
	}
}

// A package that does not say what it is for gathers what it is not for.
func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	for dir, p := range packages(t) {
		n := 0
		for name, f := range p.files {
			if f.Doc != nil && !strings.HasSuffix(name, "_templ.go") {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s has %d purpose comments; want exactly one", dir, n)
		}
	}
}

// A capability's doc names the law it works under.
func TestCapabilitiesNameTheirLaw(t *testing.T) {
	for _, dir := range []string{"internal/account", "internal/admin", "internal/agenda", "internal/crimemonitor", "internal/overview", "internal/measures", "internal/measures/dwangsom", "internal/measures/huisverbod", "internal/measures/sluiting", "internal/measures/woonoverlast", "internal/measures/gebiedsverbod"} {
		found := false
		for _, f := range packages(t)[dir].files {
			found = found || f.Doc != nil && strings.Contains(f.Doc.Text(), "Law:")
		}
		if !found {
			t.Errorf("%s does not name its law", dir)
		}
	}
}

// An exported name tells its caller what to know.
func TestExportedNamesAreExplained(t *testing.T) {
	for dir, p := range packages(t) {
		for name, f := range p.files {
			if strings.HasSuffix(name, "_templ.go") {
				continue // explained in the .templ file
			}
			for _, d := range f.Decls {
				switch d := d.(type) {
				case *ast.FuncDecl:
					if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) && !wellKnown[d.Name.Name] {
						t.Errorf("%s/%s: %s is exported and not explained", dir, name, d.Name.Name)
					}
				case *ast.GenDecl:
					for _, s := range d.Specs {
						if ts, ok := s.(*ast.TypeSpec); ok && ts.Name.IsExported() && d.Doc == nil && ts.Doc == nil {
							t.Errorf("%s/%s: type %s is exported and not explained", dir, name, ts.Name.Name)
						}
					}
				}
			}
		}
	}
}

// wellKnown are methods of the standard library's interfaces and of kong: their
// contract stands there.
var wellKnown = map[string]bool{"Error": true, "String": true, "Unwrap": true, "Run": true, "MarshalJSON": true, "UnmarshalJSON": true,
	"WebAuthnID": true, "WebAuthnName": true, "WebAuthnDisplayName": true, "WebAuthnCredentials": true, "ServeHTTP": true}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	x := d.Recv.List[0].Type
	if s, ok := x.(*ast.StarExpr); ok {
		x = s.X
	}
	if g, ok := x.(*ast.IndexExpr); ok {
		x = g.X
	}
	id, ok := x.(*ast.Ident)
	return ok && id.IsExported()
}

// Deep modules have small doors: a kernel with many functions is a drawer.
func TestKernelDoorsAreSmall(t *testing.T) {
	for dir, p := range packages(t) {
		if !strings.HasPrefix(dir, "internal/kernel/") {
			continue
		}
		n := 0
		for _, f := range p.files {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.IsExported() {
					n++
				}
			}
		}
		if limit := 12 + doors[dir]; n > limit {
			t.Errorf("%s exports %d functions, at most %d: a small door is what makes it easy to use rightly", dir, n, limit)
		}
	}
}

// doors are the kernels that need a few more, with the reason.
var doors = map[string]int{
	"internal/kernel/deadlines": 4, // days and moments are a vocabulary of their own
	"internal/kernel/figures":   8, // the vocabulary of periods and areas: small pure functions
}

// A sentence that is missing is a code in brackets on somebody's screen.
func TestEveryCodeHasItsSentence(t *testing.T) {
	nl := text.For(text.NL)
	fromFault := map[string]int{"New": 1, "Because": 2, "At": 1, "Wrong": 1, "fail": 0}
	for dir, p := range packages(t) {
		for name, f := range p.files {
			ast.Inspect(f, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				sel, ok := call.Fun.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				at, known := fromFault[sel.Sel.Name]
				if sel.Sel.Name == "T" || sel.Sel.Name == "Notice" {
					at, known = map[string]int{"T": 0, "Notice": 2}[sel.Sel.Name], true
				}
				if !known || at >= len(call.Args) {
					return true
				}
				lit, ok := call.Args[at].(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					return true
				}
				code, err := strconv.Unquote(lit.Value)
				if err == nil && strings.Count(code, ".") >= 1 && !strings.ContainsAny(code, " /%") && !strings.HasSuffix(code, ".") && !nl.Has(code) {
					t.Errorf("%s/%s: there is no sentence %q in internal/text", dir, name, code)
				}
				return true
			})
		}
	}
}

// The map from Dutch terms to folders must lead somewhere, and to every room.
func TestMapIsTrue(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(root, "docs/map.md"))
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, m := range regexp.MustCompile("`((?:internal|cmd)/[a-z/]+)`").FindAllStringSubmatch(string(raw), -1) {
		named[m[1]] = true
		if _, err := os.Stat(filepath.Join(root, m[1])); err != nil {
			t.Errorf("docs/map.md leads to %s, which does not exist", m[1])
		}
	}
	for dir := range packages(t) {
		if !strings.HasPrefix(dir, "internal/bakentest/") && !strings.HasPrefix(dir, "internal/web/") && !named[dir] && !strings.Contains(dir, "builtin") && !strings.HasSuffix(dir, "fake") {
			t.Errorf("docs/map.md does not name %s: a newcomer would not find it", dir)
		}
	}
}
