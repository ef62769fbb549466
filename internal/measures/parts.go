package measures

import "github.com/a-h/templ"

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
