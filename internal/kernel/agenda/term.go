package agenda

import (
	"encoding/json"
	"strings"
	"time"

	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/ref"
)

// Watched is one term that an object asks to be watched.
type Watched struct {
	Key       string // tells the terms of one object apart; stable
	Question  deadlines.Question
	Title     Title  // beside the name of the rule; may be empty
	Reference string // neutral, without personal data: it goes into calendar files
}

// Title is a sentence by its code, with pairs of name and value. It holds no
// personal data.
type Title struct {
	Code string   `json:"code,omitempty"`
	Args []string `json:"args,omitempty"`
}

// Why says what made an end move: "agenda.why." + Why.
type Why string

// The reasons for which an end moves.
const (
	ByFact   Why = "fact"
	ByDecree Why = "decree"
	ByRule   Why = "rule"
)

// Term is a watched term as it was computed last.
type Term struct {
	Object       ref.Ref
	Key          string
	Purpose      string
	Lead, Deputy string // account ids; Deputy may be empty
	Reference    string
	Title        Title
	Question     deadlines.Question
	End          deadlines.When
	Safe         deadlines.Day // the earlier of the end and of a disputed safe reading; NoDay when there is none
	Alarms       []deadlines.Day
	Done         bool
	Old          deadlines.When // the end before it moved; Moved says whether it did
	Moved        Why
	MovedAt      time.Time
	ChangedAt    time.Time
	DoneAt       time.Time

	raw  string        // the question as stored
	wake deadlines.Day // first day of a reminder
}

// stored is a question as the table has it.
type stored struct {
	ID     string            `json:"id"`
	Start  string            `json:"start"`
	Params map[string]string `json:"params,omitempty"`
	Events []deadlines.Event `json:"events,omitempty"`
}

func encode(q deadlines.Question) (string, error) {
	raw, err := json.Marshal(stored{q.ID, q.Start.String(), q.Params, q.Events})
	return string(raw), err
}

func decode(raw string) (deadlines.Question, error) {
	var s stored
	if err := json.Unmarshal([]byte(raw), &s); err != nil {
		return deadlines.Question{}, err
	}
	start, err := deadlines.ParseWhen(s.Start)
	return deadlines.Question{ID: s.ID, Start: start, Params: s.Params, Events: s.Events}, err
}

// compute fills in what follows from the stored question.
func (t *Term) compute(c *deadlines.Calendar) error {
	a, err := c.Answer(t.Question)
	if err != nil {
		return err
	}
	t.End, t.Alarms = a.End, a.Alarms
	t.Safe = a.ActBy()
	if a.Rule.How == deadlines.Promptly {
		// "Without delay" names no date: the first day is the one to act on.
		t.Safe = t.Question.Start.Day
	}
	t.wake = deadlines.NoDay
	if t.Safe != deadlines.NoDay {
		t.wake = t.Safe - week
	}
	for _, d := range t.Alarms {
		if t.wake == deadlines.NoDay || d < t.wake {
			t.wake = d
		}
	}
	return nil
}

// same reports whether two computations of a term say the same.
func (t *Term) same(o *Term) bool {
	return sameEnd(t.End, o.End) && t.Safe == o.Safe && joinDays(t.Alarms) == joinDays(o.Alarms) && t.wake == o.wake
}

func sameEnd(a, b deadlines.When) bool { return a.Day == b.Day && a.At.Equal(b.At) }

func joinDays(days []deadlines.Day) string {
	words := make([]string, len(days))
	for i, d := range days {
		words[i] = d.String()
	}
	return strings.Join(words, " ")
}

func splitDays(s string) ([]deadlines.Day, error) {
	var out []deadlines.Day
	for _, w := range strings.Fields(s) {
		d, err := deadlines.ParseDay(w)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}
