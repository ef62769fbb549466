// Package cbsfake is a service that speaks the shapes of CBS Open data, versions 3
// and 4, with failures on demand. It knows nothing of Baken's types, so that it
// and the client cannot be wrong in the same way.
package cbsfake

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// Table is what the service publishes. Codes are without padding.
type Table struct {
	Name     string
	Offence  string            // name of the offence dimension
	Area     string            // name of the area dimension
	Width    int               // to which area codes are padded in version 3
	Titles   map[string]string // offences
	Areas    map[string]string
	Periods  []string
	Measures []string // keys such as GeregistreerdeMisdrijven_1
	Default  string   // Zero or Missing
	Rows     []Row
}

// Row is one record; a nil value is null.
type Row struct {
	Offence, Area, Period string
	Values                []any
}

// Fault is how one answer goes wrong.
type Fault string

const (
	Busy     Fault = "busy"     // 503 with Retry-After: 1 second is the least the header can say
	Broken   Fault = "broken"   // half a page
	Foreign  Fault = "foreign"  // a next link to another host
	Redirect Fault = "redirect" // to another path
	Huge     Fault = "huge"     // a body without end
	Circle   Fault = "circle"   // a next link to the page itself
)

// Service is an http.Handler with one table. Set its fields before use.
type Service struct {
	Version  int
	Table    Table
	PageSize int
	Limit    int  // records of one question; 0 is 10,000
	Sign     bool // write @odata.nextLink in version 3 too
	Faults   map[int]Fault

	mu    sync.Mutex
	count int
	asked []string
}

// Asked lists the filters the service was asked, in order.
func (s *Service) Asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.asked...)
}

// ServeHTTP answers one request; faults count data requests from 1.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	at := strings.LastIndex(r.URL.Path, "/")
	set := r.URL.Path[at+1:]
	if !strings.HasSuffix(r.URL.Path[:at], "/"+s.Table.Name) {
		http.Error(w, "no such table", http.StatusNotFound)
		return
	}
	switch set {
	case "TypedDataSet", "Observations":
		s.data(w, r, set)
	case "Properties":
		writeJSON(w, map[string]any{"Identifier": s.Table.Name, "Title": "Fake"})
	default:
		s.answer(w, r, set, s.metadata(set), "")
	}
}

func (s *Service) metadata(set string) []any {
	t := s.Table
	switch set {
	case "TableInfos":
		return []any{map[string]any{"ID": 0, "Title": "Fake table", "Identifier": t.Name, "Modified": "2026-08-15T02:00:00", "Catalog": "Politie"}}
	case "DataProperties":
		geo := "GeoDetail"
		if t.Area == "RegioS" {
			geo = "GeoDimension"
		}
		out := []any{
			map[string]any{"odata.type": "Cbs.OData.Dimension", "Type": "Dimension", "Key": t.Offence},
			map[string]any{"odata.type": "Cbs.OData." + geo, "Type": geo, "Key": t.Area, "Description": "Wijken en buurten (indeling 2024)"},
			map[string]any{"odata.type": "Cbs.OData.TimeDimension", "Type": "TimeDimension", "Key": "Perioden"},
		}
		for _, m := range t.Measures {
			out = append(out, map[string]any{"odata.type": "Cbs.OData.Topic", "Type": "Topic", "Key": m, "Default": t.Default})
		}
		return out
	case "Dimensions":
		return []any{map[string]any{"Identifier": t.Offence}, map[string]any{"Identifier": t.Area}, map[string]any{"Identifier": "Perioden"}}
	case t.Offence, t.Offence + "Codes":
		return s.keys(set, t.Titles, 6)
	case t.Area, t.Area + "Codes":
		return s.keys(set, t.Areas, t.Width)
	case "Perioden", "PeriodenCodes":
		m := map[string]string{}
		for _, p := range t.Periods {
			m[p] = p
		}
		return s.keys(set, m, 0)
	}
	return nil
}

func (s *Service) keys(set string, titles map[string]string, width int) (out []any) {
	for code, title := range titles {
		if s.Version == 4 {
			out = append(out, map[string]any{"Identifier": code, "Title": title})
			continue
		}
		if width == 6 && set == s.Table.Offence {
			title = code + " " + title
		}
		out = append(out, map[string]any{"Key": fmt.Sprintf("%-*s", width, code), "Title": title})
	}
	return out
}

// data selects records as the filter says, comparing padded codes literally, as
// the service does: a filter without padding finds nothing and no error.
func (s *Service) data(w http.ResponseWriter, r *http.Request, set string) {
	filter := r.URL.Query().Get("$filter")
	s.mu.Lock()
	s.count++
	n := s.count
	if r.URL.Query().Get("$skip") == "" {
		s.asked = append(s.asked, filter)
	}
	s.mu.Unlock()
	f := s.Faults[n]
	switch f {
	case Busy:
		w.Header().Set("Retry-After", "1")
		http.Error(w, "busy", http.StatusServiceUnavailable)
		return
	case Redirect:
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
		return
	case Huge:
		w.Write([]byte(`{"value":[`))
		for range 1 << 14 {
			if _, err := w.Write([]byte(strings.Repeat(" ", 1<<12))); err != nil {
				return
			}
		}
		return
	}
	var out []any
	for i, row := range s.Table.Rows {
		offence, area := row.Offence, row.Area
		if s.Version == 3 {
			offence, area = fmt.Sprintf("%-6s", offence), fmt.Sprintf("%-*s", s.Table.Width, area)
		}
		if !matches(filter, map[string]string{s.Table.Offence: offence, s.Table.Area: area, "Perioden": row.Period}) {
			continue
		}
		v := map[string]any{s.Table.Offence: offence, s.Table.Area: area, "Perioden": row.Period}
		if s.Version == 4 {
			v["Id"], v["Measure"], v["Value"], v["ValueAttribute"] = i, "M0001", row.Values[0], "None"
		} else {
			v["ID"] = i
			for k, m := range s.Table.Measures {
				v[m] = row.Values[k]
			}
		}
		out = append(out, v)
	}
	limit := s.Limit
	if limit == 0 {
		limit = 10_000
	}
	if len(out) > limit {
		http.Error(w, `{"odata.error":{"message":"The requested query returns more than 10000 records"}}`, http.StatusInternalServerError)
		return
	}
	s.answer(w, r, set, out, f)
}

func (s *Service) answer(w http.ResponseWriter, r *http.Request, set string, rows []any, f Fault) {
	skip, _ := strconv.Atoi(r.URL.Query().Get("$skip"))
	size := s.PageSize
	if size == 0 {
		size = len(rows) + 1
	}
	end := min(skip+size, len(rows))
	body := map[string]any{"value": rows[min(skip, end):end]}
	if len(rows) == 0 {
		body["value"] = []any{}
	}
	context, next := "odata.metadata", "odata.nextLink"
	if s.Version == 4 {
		context, next = "@odata.context", "@odata.nextLink"
	} else if s.Sign {
		next = "@odata.nextLink"
	}
	body[context] = "http://" + r.Host + "/" + s.Table.Name + "/$metadata#" + set
	if end < len(rows) || f == Foreign || f == Circle {
		u := *r.URL
		u.Scheme, u.Host = "http", r.Host
		q := u.Query()
		if f != Circle {
			q.Set("$skip", strconv.Itoa(end))
		}
		u.RawQuery = q.Encode()
		if f == Foreign {
			u.Host = "elsewhere.example"
		}
		body[next] = u.String()
	}
	if f == Circle {
		body[next] = "http://" + r.Host + r.URL.RequestURI()
	}
	text, err := json.Marshal(body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if f == Broken {
		text = text[:len(text)/2]
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(text)
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(v)
}

var comparison = regexp.MustCompile(`^(\w+) (eq|ge) '([^']*)'$`)
var startswith = regexp.MustCompile(`^startswith\((\w+),'([^']*)'\)$`)

// matches judges "(a or b) and (c) and d".
func matches(filter string, row map[string]string) bool {
	if filter == "" {
		return true
	}
	for _, all := range strings.Split(filter, " and ") {
		one := false
		all = strings.TrimSpace(all)
		if !strings.HasPrefix(all, "startswith") {
			all = strings.Trim(all, "()")
		}
		for _, term := range strings.Split(all, " or ") {
			if m := startswith.FindStringSubmatch(term); m != nil {
				one = one || strings.HasPrefix(row[m[1]], m[2])
			} else if m := comparison.FindStringSubmatch(term); m != nil {
				one = one || m[2] == "eq" && row[m[1]] == m[3] || m[2] == "ge" && row[m[1]] >= m[3]
			}
		}
		if !one {
			return false
		}
	}
	return true
}
