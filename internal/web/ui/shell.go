package ui

import (
	"strings"

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

// current marks the menu line of the page: the page itself or one below it.
func current(f web.Frame, item web.NavItem) string {
	if f.Path == item.Path {
		return "page"
	}
	if item.Path != "/" && strings.HasPrefix(f.Path, item.Path+"/") {
		return "true"
	}
	return "false"
}
