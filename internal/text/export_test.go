package text

import "encoding/json"

// Raw returns a sentence with its marks not filled in, all plural forms joined.
func Raw(lang Lang, code string) string {
	names, _ := files.ReadDir(string(lang))
	for _, f := range names {
		b, _ := files.ReadFile(string(lang) + "/" + f.Name())
		var all map[string]json.RawMessage
		if json.Unmarshal(b, &all) == nil {
			if raw, ok := all[code]; ok {
				return string(raw)
			}
		}
	}
	return ""
}
