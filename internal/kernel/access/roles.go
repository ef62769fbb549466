package access

// The roles of product.md section 4 that sign in. Council members and residents
// read the public pages and have no account.
const (
	Mayor          = "burgemeester"
	Adviser        = "adviseur"            // safety policy adviser (OOV)
	Lawyer         = "jurist"              // enforcement lawyer
	EnforcementCo  = "handhaving-leiding"  // coordinator of the enforcement officers
	Officer        = "handhaver"           // enforcement officer in the field
	TipCoordinator = "m-coordinator"       // Meld Misdaad Anoniem
	ProcessLead    = "procesregisseur"     // Zorg- en Veiligheidskamer
	Analyst        = "analist"             // data analyst
	PrivacyOfficer = "privacyfunctionaris" // FG: supervises, does not operate
	Administrator  = "beheerder"           // application administrator
	Partner        = "ketenpartner"        // chain partner, for own cases only
)

// Roles are all roles a person can hold, in the order they are shown.
var Roles = []string{Mayor, Adviser, Lawyer, EnforcementCo, Officer, TipCoordinator, ProcessLead, Analyst, PrivacyOfficer, Administrator, Partner}

// Program is the role of the program itself, in jobs and commands. No person can
// be granted it.
const Program = "system"
