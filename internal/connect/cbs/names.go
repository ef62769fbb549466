package cbs

import (
	"strings"

	"baken/internal/kernel/figures"
)

// nameIndex leads from a name on the screen to one code. Names are never used to
// join figures: Binnenstad and Centrum stand in the list by the hundred. They are
// only accepted for whole municipalities and what lies above them.
type nameIndex map[string][]string

// The words in brackets that the screen adds to tell a name's level. Others, such
// as (L.) or (ZH.), tell two municipalities apart and are part of the name.
var levelWords = map[string]figures.Level{
	"(gemeente)": figures.Municipality, "(RE)": figures.PoliceUnit, "(PV)": figures.Province, "(LD)": figures.Landsdeel,
}

func newNameIndex(areas []figures.AreaName) nameIndex {
	x := nameIndex{}
	for _, a := range areas {
		switch figures.LevelOf(a.Code) {
		case figures.District, figures.Neighbourhood:
			continue
		}
		x.add(x.key(a.Name, figures.LevelOf(a.Code)), a.Code)
		if base, ok := withoutProvince(a.Name); ok {
			x.add(x.key(base, figures.LevelOf(a.Code)), a.Code)
		}
	}
	return x
}

func (x nameIndex) add(key, code string) {
	for _, have := range x[key] {
		if have == code {
			return
		}
	}
	x[key] = append(x[key], code)
}

// key is a name with its level, so that the municipality and the province of
// Utrecht are two.
func (x nameIndex) key(name string, l figures.Level) string {
	base, _ := withoutLevel(name)
	return string(l) + strings.ToLower(base)
}

func withoutLevel(name string) (string, figures.Level) {
	name = strings.TrimSpace(name)
	for word, level := range levelWords {
		if base, ok := strings.CutSuffix(name, " "+word); ok {
			return base, level
		}
	}
	return name, ""
}

// withoutProvince strips a mark such as (L.) or (NH.).
func withoutProvince(name string) (string, bool) {
	i := strings.LastIndex(name, " (")
	if i < 0 || !strings.HasSuffix(name, ".)") {
		return name, false
	}
	return name[:i], true
}

// find leads to the one code of a name; ok is false when it is unknown or may be
// several. The country is NL01, as in the municipal table.
func (x nameIndex) find(name string) (code string, ok bool) {
	base, level := withoutLevel(name)
	if base == "Nederland" {
		return "NL01", true
	}
	if level == "" {
		level = figures.Municipality
	}
	codes := x[x.key(base, level)]
	if len(codes) == 0 {
		// An older list may miss the mark that the screen shows.
		if short, cut := withoutProvince(base); cut {
			codes = x[x.key(short, level)]
		}
	}
	if len(codes) != 1 {
		return "", false
	}
	return codes[0], true
}
