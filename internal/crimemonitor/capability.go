package crimemonitor

import (
	"baken/internal/kernel/access"
	"baken/internal/plug"
)

// Purpose is what the figures are used for. It processes no personal data.
const Purpose = "veiligheidsbeeld"

// Declaration states the purpose and acts of this room.
func Declaration() plug.Declaration {
	keepers := []string{access.Analyst, access.Administrator}
	writers := []string{access.Analyst, access.Adviser, access.EnforcementCo}
	return plug.Declaration{
		Purposes: []access.Purpose{{Code: Purpose, Basis: "Gemeentewet art. 172 lid 1; open gegevens, geen persoonsgegevens"}},
		Acts: []access.Act{
			{Name: "figures.read", Kind: "figures", Purpose: Purpose, Level: access.Read, Roles: append([]string{access.Program}, access.Roles...)},
			{Name: "figures.manage", Kind: "figures", Purpose: Purpose, Level: access.Read, Roles: keepers},
			{Name: "figures.import", Kind: "figures", Purpose: Purpose, Level: access.Change, Roles: append([]string{access.Program}, keepers...)},
			{Name: "figures.sync", Kind: "figures", Purpose: Purpose, Level: access.Change, Roles: append([]string{access.Program}, keepers...)},
			{Name: "figures.annotate", Kind: "crime-event", Purpose: Purpose, Level: access.Change, Roles: append([]string{access.Program}, writers...)},
		},
	}
}
