package main

import (
	"fmt"
	"text/tabwriter"

	"baken/internal/kernel/ask"
	"baken/internal/measures/dwangsom"
	"baken/internal/measures/gebiedsverbod"
	"baken/internal/measures/huisverbod"
	"baken/internal/measures/sluiting"
	"baken/internal/measures/woonoverlast"
)

// actsCmd prints what each act asks, for whoever connects another system: the same
// structs make the forms, the validation and the entries of the journal.
type actsCmd struct {
	JSON bool `help:"As JSON, with a JSON Schema for each act." name:"json"`
}

// Run prints the acts in the order of their table.
func (cmd actsCmd) Run(c *console) error {
	p := c.printer()
	type act struct {
		Name   string         `json:"name"`
		Title  string         `json:"title"`
		Schema map[string]any `json:"schema"`
	}
	var all []act
	var inputs []any
	add := func(name string, in any) {
		s := ask.Schema(in)
		s["$schema"], s["title"] = "https://json-schema.org/draft/2020-12/schema", p.T("act."+name)
		all, inputs = append(all, act{name, p.T("act." + name), s}), append(inputs, in)
	}
	for _, v := range dwangsom.New(nil).Verbs {
		add(v.Name, v.New())
	}
	for _, v := range huisverbod.New().Verbs {
		add(v.Name, v.New())
	}
	for _, v := range sluiting.New(nil).Verbs {
		add(v.Name, v.New())
	}
	for _, v := range woonoverlast.New(nil).Verbs {
		add(v.Name, v.New())
	}
	for _, v := range gebiedsverbod.New(nil, nil).Verbs {
		add(v.Name, v.New())
	}
	if cmd.JSON {
		return writeJSON(c.out, all)
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for i, in := range inputs {
		fmt.Fprintf(w, "%s\t%s\n", all[i].Name, all[i].Title)
		for _, f := range ask.Fields(in) {
			optional := ""
			if f.Optional {
				optional = p.T("ui.optional")
			}
			fmt.Fprintf(w, "  %s\t%s %s\n", f.Name, f.Kind, optional)
		}
	}
	return w.Flush()
}
