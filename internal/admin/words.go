package admin

import (
	"fmt"
	"net/url"
	"time"

	"baken/internal/kernel/access"
	"baken/internal/kernel/audit"
	"baken/internal/kernel/identity"
	"baken/internal/kernel/jobs"
	"baken/internal/kernel/work"
	"baken/internal/text"
	"baken/internal/web/ui"
)

func rolesOf(p *text.Printer, x Person, now time.Time) string {
	var names []string
	for _, g := range x.Grants {
		if g.Open(now) {
			names = append(names, p.T("access.role.name."+g.Role))
		}
	}
	if len(names) == 0 {
		return "–"
	}
	return p.List(names)
}

func actRoles(p *text.Printer, a access.Act) string {
	var names []string
	for _, r := range a.Roles {
		if r != access.Program {
			names = append(names, p.T("access.role.name."+r))
		}
	}
	if len(names) == len(access.Roles) {
		return p.T("admin.everybody")
	}
	return p.List(names)
}

func stateTone(s identity.State) ui.Tone {
	return map[identity.State]ui.Tone{identity.Invited: ui.Warn, identity.Active: ui.Good, identity.Disabled: ui.Neutral}[s]
}

// until is the last day on which a role counts.
func until(p *text.Printer, g access.RoleGrant, now time.Time) string {
	if g.Until.IsZero() {
		return p.T("admin.no-end")
	}
	return p.T("admin.until-day", "day", p.DayShort(g.Until.Add(-time.Second), now))
}

// reviewAfter is how often a role is looked at again: each quarter for all, which
// meets the quarterly review of sensitive roles (BIO2 5.18.03).
const reviewAfter = 91 * 24 * time.Hour

func reviewed(p *text.Printer, g access.RoleGrant, now time.Time) string {
	last := g.ReviewedAt
	if last.IsZero() {
		last = g.ApprovedAt
	}
	if now.Sub(last) > reviewAfter {
		return p.T("admin.review-due", "day", p.DayShort(last, now))
	}
	return p.T("admin.reviewed", "day", p.DayShort(last, now))
}

func roleOptions(p *text.Printer) []ui.Option {
	out := []ui.Option{{Value: "", Label: p.T("admin.choose-role")}}
	for _, r := range access.Roles {
		out = append(out, ui.Option{Value: r, Label: p.T("access.role.name." + r)})
	}
	return out
}

func who(p *text.Printer, l audit.Line, names map[string]string) string {
	switch {
	case l.Actor == "":
		return p.T("admin.nobody")
	case l.Actor == "system":
		return p.T("admin.program")
	case names[l.Actor] != "":
		return names[l.Actor]
	}
	return l.Actor
}

func about(l audit.Line, names map[string]string) string {
	if n := names[l.Object.ID]; n != "" {
		return n
	}
	return l.Object.ID
}

func older(lines []audit.Line, q audit.Query) string {
	v := url.Values{"voor": {fmt.Sprint(lines[len(lines)-1].Seq)}}
	if q.Result != "" {
		v.Set("uitkomst", string(q.Result))
	}
	if q.Actor != "" {
		v.Set("wie", q.Actor)
	}
	return "/beheer/inzage?" + v.Encode()
}

func resultTone(r work.Result) ui.Tone {
	return map[work.Result]ui.Tone{work.Done: ui.Neutral, work.Refused: ui.Warn, work.Failed: ui.Warn}[r]
}

func jobTone(state string) ui.Tone {
	return map[string]ui.Tone{"dead": ui.Danger, "running": ui.Info, "waiting": ui.Neutral, "done": ui.Good}[state]
}

func jobMoment(j jobs.Row) time.Time {
	if !j.EndedAt.IsZero() {
		return j.EndedAt
	}
	return j.RunAt
}

// problem is the sentence of a failure; a code without one is shown as it is.
func problem(p *text.Printer, code string) string {
	if p.Has(code) {
		return p.T(code)
	}
	return code
}

// act is what somebody did, in the reader's words; an act of an older version whose
// words are gone is shown by its name.
func act(p *text.Printer, name string) string {
	if code := "act." + name; p.Has(code) {
		return p.T(code)
	}
	return name
}
