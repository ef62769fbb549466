package builtin

import (
	"fmt"
	"strconv"
	"strings"
)

// Opinion is what people answered in a survey: a share of all answers.
type Opinion struct {
	Question string // code of its words: crimemonitor.opinion.<question>
	Area     string
	Year     int
	Percent  float64
	Replies  int // 0: not published
	Source   string
	URL      string
}

// Opinions are the answers about safety that are published for Maassluis, newest
// first. They come from public pages that name the survey, not from its own table.
func Opinions() ([]Opinion, error) {
	rows, err := lines("perception")
	if err != nil {
		return nil, err
	}
	var out []Opinion
	for _, row := range rows {
		f := strings.Split(row, "|")
		if len(f) != 7 {
			return nil, fmt.Errorf("builtin: perception: %q", row)
		}
		o := Opinion{Question: f[0], Area: f[1], Source: f[5], URL: f[6]}
		if o.Year, err = strconv.Atoi(f[2]); err != nil {
			return nil, fmt.Errorf("builtin: perception: %q", row)
		}
		if o.Percent, err = strconv.ParseFloat(f[3], 64); err != nil {
			return nil, fmt.Errorf("builtin: perception: %q", row)
		}
		if f[4] != "" {
			if o.Replies, err = strconv.Atoi(f[4]); err != nil {
				return nil, fmt.Errorf("builtin: perception: %q", row)
			}
		}
		out = append(out, o)
	}
	return out, nil
}
