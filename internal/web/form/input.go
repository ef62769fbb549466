package form

import (
	"reflect"
	"strconv"
	"strings"

	"baken/internal/fault"
	"baken/internal/kernel/ask"
	"baken/internal/kernel/deadlines"
	"baken/internal/text"
)

// TimeOf is the name of the field that holds the time of a moment.
func TimeOf(name string) string { return name + "-tijd" }

// Into reads what was typed into the input of an act, a pointer to a struct as
// package ask describes it. Whatever is wrong is kept at its field, and Err tells.
// Files are not read here: the caller puts their ids in.
func (f *Form) Into(in any) {
	for _, x := range ask.Fields(in) {
		switch x.Kind {
		case ask.Files:
		case ask.Text, ask.Shape:
			x.Set(in, f.long(x, ask.MostText))
		case ask.Lines:
			var lines []string
			for line := range strings.Lines(f.long(x, ask.MostText)) {
				if s := strings.TrimSpace(line); s != "" {
					lines = append(lines, s)
				}
			}
			x.Set(in, lines)
		case ask.Day:
			x.Set(in, f.day(x.Name, x.Optional))
		case ask.Moment:
			x.Set(in, f.moment(x.Name, x.Optional))
		case ask.Euro:
			x.Set(in, f.euro(x.Name, x.Optional))
		case ask.Count:
			x.Set(in, f.Int(x.Name, 0, 1_000_000))
		case ask.Yes:
			x.Set(in, f.typed[x.Name] == "ja")
		case ask.Choice:
			if f.typedBlank(x.Name) && x.Optional {
				continue
			}
			x.Set(in, f.Choice(x.Name, x.Options...))
		case ask.Marks:
			marked := f.Marked(x.Name)
			switch {
			case len(marked) == 0 && !x.Optional:
				f.Wrong(x.Name, "form.required")
			case !x.Offers(marked):
				f.Wrong(x.Name, "form.marks")
			default:
				x.Set(in, marked)
			}
		default:
			s := f.long(x, ask.MostLine)
			if _, number := x.Value(in).(int); !number {
				x.Set(in, s)
			} else if n, err := strconv.Atoi(s); err == nil {
				x.Set(in, n)
			} else if s != "" || !x.Optional {
				f.Wrong(x.Name, "form.choose")
			}
		}
	}
}

func (f *Form) long(x ask.Field, most int) string {
	if x.Optional {
		return f.Optional(x.Name, most)
	}
	return f.Text(x.Name, most)
}

func (f *Form) day(name string, optional bool) deadlines.Day {
	t := f.OptionalDate(name)
	if t.IsZero() {
		if !optional && f.typedBlank(name) {
			f.Wrong(name, "form.required")
		}
		return deadlines.NoDay
	}
	return deadlines.DayOf(t)
}

// moment reads a day and the time beside it; without a time it is the day.
func (f *Form) moment(name string, optional bool) deadlines.When {
	d := f.day(name, optional)
	clock := strings.TrimSpace(f.typed[TimeOf(name)])
	if d == deadlines.NoDay || clock == "" {
		return deadlines.OnDay(d)
	}
	h, m, ok := strings.Cut(strings.NewReplacer(".", ":").Replace(strings.TrimSuffix(clock, " uur")), ":")
	if !ok || len(h) > 2 || len(m) != 2 {
		f.Wrong(name, "form.time", "value", clock)
		return deadlines.When{}
	}
	w, err := deadlines.ParseWhen(d.String() + "T" + strings.Repeat("0", 2-len(h)) + h + ":" + m)
	if x := fault.Of(err); x != nil {
		code := x.Code
		if code == "term.bad-date" {
			f.Wrong(name, "form.time", "value", clock)
		} else {
			f.Wrong(name, code, x.Args...)
		}
		return deadlines.When{}
	}
	return w
}

// euro reads an amount as people write it: 1.250 or 1.250,50.
func (f *Form) euro(name string, optional bool) int {
	s := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(f.typed[name]), "€"))
	if s == "" {
		if !optional {
			f.Wrong(name, "form.required")
		}
		return 0
	}
	whole, part, comma := strings.Cut(s, ",")
	if groups := strings.Split(whole, "."); len(groups) > 1 {
		for _, g := range groups[1:] {
			if len(g) != 3 {
				f.Wrong(name, "form.euro", "value", s)
				return 0
			}
		}
		whole = strings.Join(groups, "")
	}
	if !comma {
		part = "00"
	}
	n, err := strconv.ParseUint(whole, 10, 31)
	c, err2 := strconv.ParseUint(part, 10, 8)
	if err != nil || err2 != nil || len(part) != 2 || n > 10_000_000 {
		f.Wrong(name, "form.euro", "value", s)
		return 0
	}
	return int(n)*100 + int(c)
}

// Typing is how the values of an input are typed in its form: to correct an entry,
// or to start from what the rules propose.
func Typing(in any) map[string]string {
	out := map[string]string{}
	for _, x := range ask.Fields(in) {
		switch v := x.Value(in).(type) {
		case string:
			out[x.Name] = v
		case []string:
			if x.Kind == ask.Lines || x.Kind == ask.Marks {
				out[x.Name] = strings.Join(v, "\n")
			}
		case bool:
			if v {
				out[x.Name] = "ja"
			}
		case int:
			switch {
			case x.Kind == ask.Euro && v > 0:
				out[x.Name] = text.Euro(v)
			case x.Kind != ask.Euro && (v > 0 || x.Kind == ask.Count):
				out[x.Name] = strconv.Itoa(v)
			}
		case deadlines.Day:
			out[x.Name] = dayTyped(v)
		case deadlines.When:
			out[x.Name] = dayTyped(v.Day)
			if !v.At.IsZero() {
				out[TimeOf(x.Name)] = v.At.Format("15.04")
			}
		default:
			panic("form: no way to type a " + reflect.TypeOf(v).String())
		}
	}
	return out
}

func dayTyped(d deadlines.Day) string {
	if d == deadlines.NoDay {
		return ""
	}
	return d.Midnight().Format("02-01-2006")
}
