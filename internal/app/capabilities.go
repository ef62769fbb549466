package app

import (
	"baken/internal/account"
	"baken/internal/admin"
	"baken/internal/agenda"
	"baken/internal/crimemonitor"
	"baken/internal/kernel/access"
	"baken/internal/measures"
	"baken/internal/measures/dwangsom"
	"baken/internal/measures/gebiedsverbod"
	"baken/internal/measures/huisverbod"
	"baken/internal/measures/sluiting"
	"baken/internal/measures/woonoverlast"
	"baken/internal/plug"
	"baken/internal/tips"
)

// declarations lists the capabilities: reading it tells what Baken does.
func declarations() []plug.Declaration {
	kinds := []plug.Declaration{dwangsom.Declaration(), huisverbod.Declaration(), sluiting.Declaration(), woonoverlast.Declaration(), gebiedsverbod.Declaration()}
	return append(kinds,
		measures.Declaration(kinds...),
		account.Declaration(),
		tips.Declaration(),
		agenda.Declaration(),
		crimemonitor.Declaration(),
		admin.Declaration(),
	)
}

// Book is everything that can be done in Baken and by whom.
func Book() (*access.Book, error) {
	var purposes []access.Purpose
	var acts []access.Act
	for _, d := range declarations() {
		purposes = append(purposes, d.Purposes...)
		acts = append(acts, d.Acts...)
	}
	return access.NewBook(purposes, acts)
}
