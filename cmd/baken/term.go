package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/alecthomas/kong"

	"baken/internal/fault"
	"baken/internal/kernel/deadlines"
	"baken/internal/text"
)

// termCmd computes a statutory term. It needs no database: the rules and the
// decreed days are part of the program.
type termCmd struct {
	ID     []string          `arg:"" optional:"" help:"Id of the rule, such as AWB-6.7. --help ID names its parameters."`
	List   bool              `help:"List every rule."`
	From   string            `help:"Start event: YYYY-MM-DD, or a moment such as 2026-03-29T14:30:00+02:00." placeholder:"WHEN"`
	Param  map[string]string `help:"Parameter of the rule; may be repeated." placeholder:"NAME=VALUE" mapsep:"none"`
	Events string            `help:"Events of a limitation as a JSON list: a file, or - for standard input." placeholder:"FILE"`
	Lang   string            `help:"Language of the explanation: nl or en." enum:",nl,en" default:""`
	JSON   bool              `help:"As JSON." name:"json"`
}

// Validate refuses wrong usage before anything is computed.
func (cmd *termCmd) Validate() error {
	switch {
	case cmd.List && len(cmd.ID) > 0:
		return errors.New("--list takes no id")
	case !cmd.List && len(cmd.ID) == 0:
		return errors.New("say which term (baken term ID --from WHEN), or --list")
	case !cmd.List && cmd.From == "":
		return errors.New("say when it starts: --from WHEN")
	}
	return nil
}

// Run prints the list or the answer.
func (cmd *termCmd) Run(c *console) error {
	p := c.printer()
	if cmd.Lang != "" {
		c.args.English = cmd.Lang == string(text.EN)
		p = c.printer()
	}
	if cmd.List {
		return listTerms(c.out, p, cmd.JSON)
	}
	q := deadlines.Question{ID: strings.Join(cmd.ID, " "), Params: cmd.Param}
	var err error
	if q.Start, err = deadlines.ParseWhen(cmd.From); err != nil {
		return err
	}
	if cmd.Events != "" {
		if q.Events, err = readEvents(c.in, cmd.Events); err != nil {
			return err
		}
	}
	a, err := deadlines.Builtin().Answer(q)
	if err != nil {
		return err
	}
	view := a.In(p.Lang)
	if cmd.JSON {
		return writeJSON(c.out, view)
	}
	fmt.Fprintf(c.out, "%s  %s (%s)\n\n%s\n", view.ID, view.Title, view.Article, view.Explanation)
	if len(view.Schedule) > 0 {
		fmt.Fprintln(c.out)
		w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', tabwriter.AlignRight)
		for _, s := range view.Schedule {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t\n", s.From, s.To, p.Number(s.Amount, 2), p.Number(s.Total, 2))
		}
		w.Flush()
	}
	if view.IfMissed != "" {
		fmt.Fprintf(c.out, "\n%s: %s\n", p.T("term.if-missed"), view.IfMissed)
	}
	return nil
}

// readEvents reads the events of a limitation; anything but a list of them is
// refused, and so is a field that is not known: a mistyped one must not be lost.
func readEvents(stdin io.Reader, name string) ([]deadlines.Event, error) {
	in := stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	dec := json.NewDecoder(io.LimitReader(in, 1<<20))
	dec.DisallowUnknownFields()
	var events []deadlines.Event
	if err := dec.Decode(&events); err != nil {
		if fault.Of(err) != nil {
			return nil, err
		}
		return nil, fault.Because(err, fault.Invalid, "term.bad-events")
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, fault.New(fault.Invalid, "term.bad-events")
	}
	for _, e := range events {
		if e.Date == deadlines.NoDay || e.Kind == "" {
			return nil, fault.New(fault.Invalid, "term.bad-events")
		}
	}
	return events, nil
}

// ruleView is a line of the table as JSON has it.
type ruleView struct {
	ID      string          `json:"id"`
	Title   string          `json:"title"`
	Article string          `json:"article"`
	Class   deadlines.Class `json:"class"`
	Start   string          `json:"start"`
	Length  int             `json:"length"`
	Unit    deadlines.Unit  `json:"unit"`
	Count   deadlines.How   `json:"count"`
	Actor   string          `json:"actor"`
	Missed  string          `json:"if_missed"`
	Mark    string          `json:"mark"`
	From    string          `json:"valid_from"`
	Until   string          `json:"valid_until"`
	Params  []string        `json:"params"`
}

func viewRule(p *text.Printer, r deadlines.Rule) ruleView {
	v := ruleView{ID: r.ID, Title: p.T("term.rule." + r.ID), Article: r.Article, Class: r.Class, Start: p.T("term.start." + r.Start), Length: r.Length, Unit: r.Unit, Count: r.How,
		Actor: p.T("term.actor." + string(r.Actor)), Mark: string(r.Mark), From: r.From.String(), Until: r.Until.String(), Params: append([]string{}, r.Params()...)}
	if r.Missed != "" {
		v.Missed = p.T("term.missed." + r.Missed)
	}
	return v
}

func listTerms(out io.Writer, p *text.Printer, asJSON bool) error {
	if asJSON {
		views := []ruleView{}
		for _, r := range deadlines.Rules() {
			views = append(views, viewRule(p, r))
		}
		return writeJSON(out, views)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, r := range deadlines.Rules() {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", r.ID, r.Article, r.Class, deadlines.Length(p, r.Length, r.Unit), p.T("term.rule."+r.ID), p.T("term.start."+r.Start))
	}
	return w.Flush()
}

// helpTerm adds to the help of the command what one rule takes, when its id stands
// among the arguments: baken term --help AWB-7.10.1.
func helpTerm(options kong.HelpOptions, ctx *kong.Context) error {
	if err := kong.DefaultHelpPrinter(options, ctx); err != nil {
		return err
	}
	at := -1
	for i, a := range ctx.Args {
		if a == "term" {
			at = i
			break
		}
	}
	if at < 0 {
		return nil
	}
	var words []string
	p := text.For(text.NL)
	for i, a := range ctx.Args {
		switch {
		case a == "--english" || a == "--lang=en" || a == "--lang" && i+1 < len(ctx.Args) && ctx.Args[i+1] == "en":
			p = text.For(text.EN)
		case i > at && !strings.HasPrefix(a, "-"):
			words = append(words, a)
		}
	}
	out := ctx.Stdout
	for _, r := range deadlines.Rules() {
		if r.ID != strings.Join(words, " ") && (len(words) == 0 || r.ID != words[0]) {
			continue
		}
		v := viewRule(p, r)
		fmt.Fprintf(out, "\n%s  %s\n  %s, %s %s\n  --from: %s\n", v.ID, v.Title, v.Article, v.Class, deadlines.Length(p, r.Length, r.Unit), v.Start)
		for _, name := range v.Params {
			fmt.Fprintf(out, "  --param %s=...  %s\n", name, p.T("term.param."+name))
		}
		if r.How == deadlines.Lapse {
			fmt.Fprintf(out, "  --events: %s\n", p.T("term.param.events"))
			w := tabwriter.NewWriter(out, 4, 0, 2, ' ', 0)
			for _, k := range deadlines.EventKinds() {
				if !k.For(&r) {
					continue
				}
				until := ""
				if k.Span {
					until = "until"
				}
				fmt.Fprintf(w, "    %s\t%s\t%s\t%s\n", k.Kind, until, k.Article, p.T("term.event."+k.Kind))
			}
			return w.Flush()
		}
		return nil
	}
	return nil
}

func writeJSON(out io.Writer, v any) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
