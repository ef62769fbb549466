// Package webtest reads a page in a test as a person meets it: by role, by name
// and by what is written, not by its style.
package webtest

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"
)

// Node is one element of a page, or a page.
type Node struct{ *html.Node }

// Render renders a part and parses what came out.
func Render(t testing.TB, ctx context.Context, c templ.Component) Node {
	t.Helper()
	var b strings.Builder
	if err := c.Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	return Parse(t, b.String())
}

// Parse parses a page or a part of one.
func Parse(t testing.TB, markup string) Node {
	t.Helper()
	n, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		t.Fatal(err)
	}
	return Node{n}
}

// All lists the elements with a tag ("" is any) that have all of the attributes:
// "class", "baken-c-bar" asks for one of the classes, "role", "img" for the value,
// "hidden", "" for the attribute alone.
func (n Node) All(tag string, attrs ...string) []Node {
	var out []Node
	for e := range n.Descendants() {
		if e.Type == html.ElementNode && (tag == "" || e.Data == tag) && has(Node{e}, attrs) {
			out = append(out, Node{e})
		}
	}
	return out
}

func has(n Node, attrs []string) bool {
	for i := 0; i+1 < len(attrs); i += 2 {
		v, ok := n.Lookup(attrs[i])
		switch {
		case !ok:
			return false
		case attrs[i] == "class" && !slices.Contains(strings.Fields(v), attrs[i+1]):
			return false
		case attrs[i] != "class" && attrs[i+1] != "" && v != attrs[i+1]:
			return false
		}
	}
	return true
}

// One is the only such element; the test ends when there is none or another one.
func (n Node) One(t testing.TB, tag string, attrs ...string) Node {
	t.Helper()
	found := n.All(tag, attrs...)
	if len(found) != 1 {
		t.Fatalf("%d elements <%s %s>, want 1", len(found), tag, strings.Join(attrs, " "))
	}
	return found[0]
}

// Lookup is the value of an attribute and whether it is there.
func (n Node) Lookup(name string) (string, bool) {
	for _, a := range n.Attr {
		// The parser restores the case of SVG attributes; callers need not know.
		if strings.EqualFold(a.Key, name) {
			return a.Val, true
		}
	}
	return "", false
}

// Get is the value of an attribute, or empty.
func (n Node) Get(name string) string { v, _ := n.Lookup(name); return v }

// Text is what is written in the element, with single spaces.
func (n Node) Text() string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Labelled finds the form control of a label, as a reader would.
func (n Node) Labelled(t testing.TB, label string) Node {
	t.Helper()
	for _, l := range n.All("label") {
		if l.Text() == label {
			return n.One(t, "", "id", l.Get("for"))
		}
	}
	t.Fatalf("no field is labelled %q", label)
	return Node{}
}

// Link finds the address of the link with these words, or with this label.
func (n Node) Link(t testing.TB, words string) string {
	t.Helper()
	for _, a := range n.All("a") {
		if a.Text() == words || a.Get("aria-label") == words {
			return a.Get("href")
		}
	}
	t.Fatalf("no link says %q", words)
	return ""
}
