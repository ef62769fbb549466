package ui

import (
	"strings"

	"github.com/a-h/templ"

	"baken/internal/web"
)

// here is the address to come back to after choosing a language.
func here(f web.Frame) string {
	if f.Query == "" {
		return f.Path
	}
	return f.Path + "?" + f.Query
}

func roleNames(f web.Frame) string {
	names := make([]string, len(f.Who.Roles))
	for i, r := range f.Who.Roles {
		names[i] = f.P.T("access.role.name." + r)
	}
	return strings.Join(names, ", ")
}

func groupLabel(f web.Frame, g web.NavGroup) string {
	if g.Text == "" {
		return f.P.T("ui.start")
	}
	return f.P.T(g.Text)
}

// current marks the menu line of the page: the page itself or one below it. Other
// lines carry no attribute at all, because the style sheet asks whether it is there.
func current(f web.Frame, item web.NavItem) templ.Attributes {
	switch {
	case f.Path == item.Path:
		return templ.Attributes{"aria-current": "page"}
	case item.Path != "/" && strings.HasPrefix(f.Path, item.Path+"/") && !deeper(f, item):
		return templ.Attributes{"aria-current": "true"}
	}
	return nil
}

// deeper reports whether another line of the menu fits the page better: /hic is not
// marked on /hic/bronnen, which has a line of its own.
func deeper(f web.Frame, item web.NavItem) bool {
	for _, g := range f.Nav {
		for _, other := range g.Items {
			if len(other.Path) > len(item.Path) && (f.Path == other.Path || strings.HasPrefix(f.Path, other.Path+"/")) {
				return true
			}
		}
	}
	return false
}
