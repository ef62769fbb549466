package agenda

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	watch "baken/internal/kernel/agenda"
	"baken/internal/kernel/deadlines"
	"baken/internal/text"
)

// A calendar file by RFC 5545. It leaves the building for whatever program a
// person uses, so it holds the name of a rule, its article, a day and a neutral
// reference: no names, no addresses, no id of a record.

// calendarFile writes the terms; one without a day has no place in a calendar.
func calendarFile(p *text.Printer, house string, terms []watch.Term) []byte {
	f := &file{}
	f.line("BEGIN", "VCALENDAR")
	f.line("VERSION", "2.0")
	f.line("PRODID", "-//Baken//Termijnen//NL")
	f.line("CALSCALE", "GREGORIAN")
	f.text("NAME", p.T("agenda.feed-name"))
	f.text("X-WR-CALNAME", p.T("agenda.feed-name")) // what most programs read instead of NAME (RFC 7986)
	f.line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H")
	for i := range terms {
		if t := &terms[i]; t.Safe != deadlines.NoDay {
			f.event(p, house, t)
		}
	}
	f.line("END", "VCALENDAR")
	return []byte(f.out.String())
}

func (f *file) event(p *text.Printer, house string, t *watch.Term) {
	title := ruleName(p, t.Question.ID)
	if t.Reference != "" {
		title += " (" + t.Reference + ")"
	}
	// The stamp is that of the last change, so that an unchanged file is the same file.
	stamp := t.ChangedAt.UTC().Format("20060102T150405Z")
	f.line("BEGIN", "VEVENT")
	f.line("UID", uid(house, t))
	f.line("DTSTAMP", stamp)
	f.line("LAST-MODIFIED", stamp)
	f.line("DTSTART;VALUE=DATE", strings.ReplaceAll(t.Safe.String(), "-", ""))
	f.text("SUMMARY", title)
	f.text("DESCRIPTION", description(p, t))
	f.line("CLASS", "PRIVATE")
	f.line("TRANSP", "TRANSPARENT")
	for _, before := range []string{"-P6DT15H", "-P1DT15H"} { // nine in the morning, seven and two days before
		f.line("BEGIN", "VALARM")
		f.line("ACTION", "DISPLAY")
		f.text("DESCRIPTION", title)
		f.line("TRIGGER", before)
		f.line("END", "VALARM")
	}
	f.line("END", "VEVENT")
}

// description names the article, and the moment or the end when it is another day.
func description(p *text.Printer, t *watch.Term) string {
	out := article(t)
	switch {
	case !t.End.At.IsZero():
		out += "\n" + p.T("agenda.ends-at", "moment", p.Date(t.End.At)+", "+p.Clock(t.End.At))
	case t.End.Day != deadlines.NoDay && t.End.Day != t.Safe:
		out += "\n" + p.T("agenda.ends-on", "day", p.Date(t.End.Day.Midnight()))
	}
	return out
}

// article is the one of the rule as it was law when the term began; empty for a
// rule that this program does not know.
func article(t *watch.Term) string {
	r, err := deadlines.Find(t.Question.ID, t.Question.Start.Day)
	if err != nil {
		return ""
	}
	return r.Article
}

// uid stays the same while the term does, and gives nothing away.
func uid(house string, t *watch.Term) string {
	sum := sha256.Sum256([]byte(t.Object.Kind + "\x00" + t.Object.ID + "\x00" + t.Key))
	return hex.EncodeToString(sum[:16]) + "@" + strings.ToLower(house) + ".baken"
}

type file struct{ out strings.Builder }

var escape = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`)

// text writes a property whose value is free text (3.3.11).
func (f *file) text(name, value string) {
	value = escape.Replace(strings.ToValidUTF8(value, "\uFFFD"))
	f.line(name, strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, value))
}

// widest is the most octets that a line may have, its break left out (3.1).
const widest = 75

// line writes a content line, folded without cutting a character.
func (f *file) line(name, value string) {
	rest, room := name+":"+value, widest
	for len(rest) > room {
		at := room
		for !utf8.RuneStart(rest[at]) {
			at--
		}
		f.out.WriteString(rest[:at] + "\r\n ")
		rest, room = rest[at:], widest-1
	}
	f.out.WriteString(rest + "\r\n")
}
