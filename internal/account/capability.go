package account

import (
	"baken/internal/kernel/access"
	"baken/internal/kernel/identity"
	"baken/internal/plug"
)

// Declaration states the purpose and acts of everybody's own account.
func Declaration() plug.Declaration {
	return plug.Declaration{
		Purposes: []access.Purpose{{Code: identity.Purpose, Basis: "AVG art. 6 lid 1 e en 32; BIO2 5.16-5.17", Personal: true}},
		Acts: []access.Act{
			{Name: "own.today", Kind: "home", Purpose: identity.Purpose, Level: access.Read, Roles: access.Roles},
			{Name: "own.show", Kind: "account", Purpose: identity.Purpose, Level: access.Read, Roles: access.Roles},
			{Name: "own.change", Kind: "account", Purpose: identity.Purpose, Level: access.Change, Roles: access.Roles},
			{Name: "own.passkey", Kind: "account", Purpose: identity.Purpose, Level: access.Change, Roles: access.Roles, StepUp: true},
		},
	}
}
