package admin

import (
	"baken/internal/kernel/access"
	"baken/internal/plug"
)

// Declaration states the purposes and acts of this room.
func Declaration() plug.Declaration {
	admin := []string{access.Administrator}
	both := []string{access.Administrator, access.PrivacyOfficer}
	oversee := []string{access.PrivacyOfficer}
	return plug.Declaration{
		Purposes: []access.Purpose{
			{Code: PurposeAccess, Basis: "AVG art. 5 lid 1 f, 6 lid 1 e en 32; BIO2 5.16-5.18", Personal: true, Sensitive: true},
			{Code: PurposeOversee, Basis: "AVG art. 32 en 39; BIO2 8.15", Personal: true, Sensitive: true},
			{Code: PurposeOperate, Basis: "AVG art. 32; BIO2 8.16", Personal: false},
		},
		Acts: []access.Act{
			{Name: "accounts.list", Kind: "account", Purpose: PurposeAccess, Level: access.Read, Roles: both},
			{Name: "accounts.show", Kind: "account", Purpose: PurposeAccess, Level: access.Read, Roles: both},
			{Name: "accounts.invite", Kind: "account", Purpose: PurposeAccess, Level: access.Change, Roles: admin, StepUp: true},
			{Name: "accounts.renew", Kind: "account", Purpose: PurposeAccess, Level: access.Change, Roles: admin, StepUp: true},
			{Name: "accounts.disable", Kind: "account", Purpose: PurposeAccess, Level: access.Change, Roles: admin, StepUp: true},
			{Name: "rights.propose", Kind: "account", Purpose: PurposeAccess, Level: access.Change, Roles: admin, StepUp: true},
			{Name: "rights.approve", Kind: "role-grant", Purpose: PurposeAccess, Level: access.Change, Roles: both, StepUp: true},
			{Name: "rights.end", Kind: "role-grant", Purpose: PurposeAccess, Level: access.Change, Roles: both, StepUp: true},
			{Name: "rights.review", Kind: "role-grant", Purpose: PurposeAccess, Level: access.Change, Roles: both, StepUp: true},
			{Name: "rights.matrix", Kind: "account", Purpose: PurposeAccess, Level: access.Read, Roles: both},
			{Name: "audit.read", Kind: "audit", Purpose: PurposeOversee, Level: access.Read, Roles: oversee},
			{Name: "audit.verify", Kind: "audit", Purpose: PurposeOversee, Level: access.Read, Roles: oversee},
			{Name: "audit.export", Kind: "audit", Purpose: PurposeOversee, Level: access.Read, Roles: oversee, StepUp: true},
			{Name: "jobs.list", Kind: "job", Purpose: PurposeOperate, Level: access.Read, Roles: admin},
			{Name: "jobs.retry", Kind: "job", Purpose: PurposeOperate, Level: access.Change, Roles: admin},
		},
	}
}
