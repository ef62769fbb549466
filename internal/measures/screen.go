package measures

import (
	"strings"

	"baken/internal/kernel/ask"
)

// Screen refuses an input of any act of a measure that names an anonymous tip as its
// source. A measure rests on what was seen, found or reported by name; what only a tip
// says is no proof (Awb 3:2; ECLI:NL:RBROT:2025:9191), and naming it tells that there
// was one.
func Screen(in any) error {
	for _, f := range ask.Fields(in) {
		var said string
		switch v := f.Value(in).(type) {
		case string:
			if f.Kind == ask.Line || f.Kind == ask.Text {
				said = v
			}
		case []string:
			if f.Kind == ask.Lines {
				said = strings.Join(v, "\n")
			}
		}
		if err := refuseTip(f.Name, said); err != nil {
			return err
		}
	}
	return nil
}
