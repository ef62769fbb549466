package app

import (
	"baken/internal/agenda"
	watch "baken/internal/kernel/agenda"
	"baken/internal/measures/dwangsom"
	"baken/internal/measures/gebiedsverbod"
	"baken/internal/measures/huisverbod"
	"baken/internal/measures/sluiting"
	"baken/internal/measures/woonoverlast"
)

// terms gives the room of terms what it needs. Sources names the kinds of record
// that terms hang on, each with the act of reading one.
func (h *House) terms() *agenda.Acts {
	return &agenda.Acts{Keep: h.Keep, Book: h.Book, Days: &h.Days, Public: h.public, House: h.Municipality.Code, Sources: []watch.Source{
		{Kind: huisverbod.Name, Act: huisverbod.ReadAct, Path: func(id string) string { return "/maatregelen/huisverbod/" + id }},
		{Kind: sluiting.Name, Act: sluiting.ReadAct, Path: func(id string) string { return "/maatregelen/sluiting/" + id }},
		{Kind: woonoverlast.Name, Act: woonoverlast.ReadAct, Path: func(id string) string { return "/maatregelen/woonoverlast/" + id }},
		{Kind: gebiedsverbod.Name, Act: gebiedsverbod.ReadAct, Path: func(id string) string { return "/maatregelen/gebiedsverbod/" + id }},
		{Kind: dwangsom.Name, Act: dwangsom.ReadAct, Path: func(id string) string { return "/maatregelen/dwangsom/" + id }},
	}}
}
