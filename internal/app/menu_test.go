package app_test

import (
	"testing"

	"baken/internal/app"
	"baken/internal/bakentest"
	"baken/internal/kernel/db"
)

// What the menu offers leads somewhere, for everybody who is offered it.
func TestMenuLeadsToPages(t *testing.T) {
	t.Parallel()
	h := bakentest.Open(t, db.SQLite)
	for _, g := range h.Site.Nav {
		for _, item := range g.Items {
			for _, d := range app.DemoStaff {
				if h.May(d.Role, item.Act) {
					if a := h.SignIn(d.Role).Get(item.Path); a.Status != 200 {
						t.Errorf("the menu offers %s to %s and the page answers %d", item.Path, d.Role, a.Status)
					}
				}
			}
		}
	}
}
