package figures

import (
	"time"
)

// Status says what stands in a cell. It is kept apart from the value, because an
// empty cell is not always zero.
type Status uint8

const (
	// Published is a figure as the source gives it. Police figures stay open to
	// revision even then, so no page calls them final.
	Published Status = iota
	// Provisional is a figure the source or Baken's own rule marks as incomplete.
	Provisional
	// NotPublished is a cell the source leaves empty although something may stand behind it.
	NotPublished
	// Unknown is a cell the source marks "." for unknown, unreliable or secret.
	Unknown
)

var statusNames = [...]string{"final", "provisional", "not-published", "unknown"}

// String is the word the command line and the API use.
func (s Status) String() string { return statusNames[s] }

// Known reports whether the cell holds a number.
func (s Status) Known() bool { return s == Published || s == Provisional }

// Cell is one figure. Its natural key within a table is offence, area and period.
// Value counts in the unit of its title (see Title.Decimals); it is 0 and
// meaningless when the status is not Known.
type Cell struct {
	Offence string // code without padding; for other tables the stem of the measure
	Area    string // code without padding
	Period  Period
	Value   int64
	Status  Status
}

// Source says where figures come from, as it is printed beside them.
type Source struct {
	Table     string    `json:"table"` // "47018NED"
	Title     string    `json:"title,omitempty"`
	Publisher string    `json:"publisher,omitempty"` // "Politie", "CBS"
	Licence   string    `json:"licence,omitempty"`
	Modified  time.Time `json:"modified,omitzero"` // when the publisher changed the table; zero when not told
	Retrieved time.Time `json:"retrieved"`         // when the figures left the publisher
	Layout    int       `json:"layout,omitempty"`  // year of the area layout; 0 when not told
	URL       string    `json:"url,omitempty"`     // address or file name they came from
	// AbsentZero says that an absent cell means zero (DataProperties.Default
	// "Zero"); otherwise it means not published.
	AbsentZero bool `json:"absentZero,omitempty"`
	// Fictitious marks figures made up for the demo; pages show it.
	Fictitious bool `json:"fictitious,omitempty"`
}

// Title names an offence or measure in the source's own words.
type Title struct {
	Code     string `json:"code"`
	Title    string `json:"title"`
	Unit     string `json:"unit,omitempty"`
	Decimals int    `json:"decimals,omitempty"` // values are in 10^-Decimals of the unit
}

// AreaName names an area in the source's own words.
type AreaName struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// Import is what one file or one sync delivered, ready to be stored as a snapshot.
type Import struct {
	Source Source
	Sheet  *Sheet
	Titles []Title    // titles the source gives; may miss codes that have cells
	Areas  []AreaName // names the source gives
	Report Report
}

// Report tells the reader what an import did with rows that were not plain.
type Report struct {
	Rows            int      // rows that held a cell
	Duplicates      int      // rows that repeated a cell with the same value
	UnknownOffences []string // codes with cells that no known list has; kept, not dropped
	UnknownAreas    []string // the same for areas
	UnknownNames    []string // names without one code; their cells could not be kept
	Notes           []Note   // what else to know: totals among parts, years among months
}

// Note is a sentence for the reader, by its code in internal/text.
type Note struct {
	Code string
	Args []any
}
