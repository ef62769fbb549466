package agenda

import (
	"baken/internal/kernel/access"
	"baken/internal/kernel/identity"
	"baken/internal/plug"
)

// Purpose is that of rules, days and reminders. What it shows of a record is read
// under the record's own purpose, which decides who may and leaves the entry.
const Purpose = "termijnbewaking"

// Declaration states the purpose and acts of this room.
func Declaration() plug.Declaration {
	admin := []string{access.Administrator}
	return plug.Declaration{
		Purposes: []access.Purpose{{Code: Purpose, Basis: "Algemene termijnenwet; Awb 3:2, 4:13 en 7:10", Personal: false}},
		Acts: []access.Act{
			{Name: "agenda.read", Kind: "agenda", Purpose: Purpose, Level: access.Read, Roles: access.Roles},
			{Name: "agenda.compute", Kind: "agenda", Purpose: Purpose, Level: access.Read, Roles: access.Roles},
			{Name: "agenda.acknowledge", Kind: "reminder", Purpose: Purpose, Level: access.Change, Roles: access.Roles},
			{Name: "agenda.feed", Kind: "account", Purpose: identity.Purpose, Level: access.Change, Roles: access.Roles},
			{Name: "agenda.decree", Kind: "decree", Purpose: Purpose, Level: access.Change, Roles: admin},
		},
	}
}
