package measures

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"baken/internal/web/ui"
)

// mostOpen is how many choices stand open on a page; more are folded away, so that
// what comes after them is still in sight on a telephone.
const mostOpen = 4

// current marks the present stage for a screen reader.
func current(s Step) templ.Attributes {
	if s.State == "now" {
		return templ.Attributes{"aria-current": "step"}
	}
	return nil
}

func encoding(a ActForm) templ.Attributes {
	if a.Uploads {
		return templ.Attributes{"enctype": "multipart/form-data"}
	}
	return nil
}

// described lists what explains a field that is drawn here to a screen reader.
func described(f ui.Filled, name string, hint ...string) templ.Attributes {
	var ids []string
	if len(hint) == 0 || hint[0] != "" {
		ids = append(ids, name+"-hint")
	}
	attrs := templ.Attributes{}
	if f.Form.Problem(f.P, name) != "" {
		ids, attrs["aria-invalid"] = append(ids, name+"-fout"), "true"
	}
	if len(ids) > 0 {
		attrs["aria-describedby"] = strings.Join(ids, " ")
	}
	return attrs
}

// grouped is described for a group of boxes, which is not wrong or right by itself: what
// is wrong stands in its description.
func grouped(f ui.Filled, name, hint string) templ.Attributes {
	attrs := described(f, name, hint)
	delete(attrs, "aria-invalid")
	return attrs
}

// radio is the id of an option. The first has the name of the field, to which the
// list of errors links.
func radio(name string, i int) string {
	if i == 0 {
		return name
	}
	return name + "-" + strconv.Itoa(i+1)
}

// tied keeps the sign of the euro on the line of its amount.
func tied(facts []ui.Fact) []ui.Fact {
	out := slices.Clone(facts)
	for i := range out {
		out[i].Text = strings.ReplaceAll(out[i].Text, "€ ", "€\u00a0")
	}
	return out
}
