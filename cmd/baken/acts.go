package main

import (
	"fmt"
	"text/tabwriter"

	"baken/internal/kernel/ask"
	"baken/internal/measures/dwangsom"
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
	for _, v := range dwangsom.New(nil).Verbs {
		s := ask.Schema(v.New())
		s["$schema"], s["title"] = "https://json-schema.org/draft/2020-12/schema", p.T("act."+v.Name)
		all = append(all, act{v.Name, p.T("act." + v.Name), s})
	}
	if cmd.JSON {
		return writeJSON(c.out, all)
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for i, v := range dwangsom.New(nil).Verbs {
		fmt.Fprintf(w, "%s\t%s\n", all[i].Name, all[i].Title)
		for _, f := range ask.Fields(v.New()) {
			optional := ""
			if f.Optional {
				optional = p.T("ui.optional")
			}
			fmt.Fprintf(w, "  %s\t%s %s\n", f.Name, f.Kind, optional)
		}
	}
	return w.Flush()
}
