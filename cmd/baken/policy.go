package main

import (
	"fmt"
	"text/tabwriter"

	"baken/internal/measures/dwangsom"
	"baken/internal/measures/sluiting"
)

// policyCmd lets a jurist read and test the policy rules before they are put in
// place.
type policyCmd struct {
	Check policyCheckCmd `cmd:"" help:"Read the policy rules in a folder, and run their examples."`
}

type policyCheckCmd struct {
	Folder  string `arg:"" help:"Folder with a TOML file for each version of the rules." type:"existingdir"`
	Measure string `help:"The measure that the rules are for: dwangsom or sluiting." enum:"dwangsom,sluiting" default:"dwangsom"`
	JSON    bool   `help:"As JSON." name:"json"`
}

// Run prints what the rules give; rules that contradict themselves or their examples
// are refused.
func (cmd policyCheckCmd) Run(c *console) error {
	if cmd.Measure == sluiting.Name {
		return cmd.matrix(c)
	}
	all, err := dwangsom.LoadPolicies(cmd.Folder)
	if err != nil {
		return err
	}
	if cmd.JSON {
		return writeJSON(c.out, all)
	}
	p := c.printer()
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for _, version := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\n", version.ID, version.InForce, p.T("dwangsom.policy.examples", "n", len(version.Examples)))
		for _, b := range version.Breaches {
			for earlier := range b.Amounts {
				amount, maximum := b.Step(earlier)
				fmt.Fprintf(w, "  %s\t%s\t%d\t%s\t%s\n", b.Code, b.Article, earlier, p.Number(float64(amount)/100, 2), p.Number(float64(maximum)/100, 2))
			}
		}
	}
	return w.Flush()
}

// matrix prints each cell of the matrix for closing premises in words.
func (cmd policyCheckCmd) matrix(c *console) error {
	all, err := sluiting.LoadPolicies(cmd.Folder)
	if err != nil {
		return err
	}
	if cmd.JSON {
		return writeJSON(c.out, all)
	}
	p := c.printer()
	for _, version := range all {
		fmt.Fprintf(c.out, "%s  %s  %s\n", version.ID, version.InForce, p.T("sluiting.policy-examples", "n", len(version.Examples)))
		for _, cell := range version.Cells {
			fmt.Fprintf(c.out, "  %s\n", cell.Words(p))
		}
	}
	return nil
}
