package measures

import (
	"io/fs"
	"time"

	"github.com/a-h/templ"

	"baken/internal/kernel/ask"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/documents"
	"baken/internal/kernel/dossier"
	"baken/internal/text"
	"baken/internal/web/ui"
)

// Law is what a measure brings of its own: its acts with their guards, its terms,
// its words and its letters. All else of a measure is a Desk. The functions are pure:
// they read no clock and no database.
type Law[R any] struct {
	Kind    dossier.Kind[R]
	Opening string              // act that opens a file
	Article func(string) string // the article of an act, as its form shows it
	Key     []string            // acts that are formal decisions
	Fixed   []string            // acts whose entries are not corrected: a signature is not
	Every   time.Duration       // how often all files are made anew; for rows that follow the clock

	Card  func(r R, at dossier.At) Card
	Terms func(r R, c *deadlines.Calendar) []Due
	Keep  func(r R) Keep  // the zero Keep for a file that is not closed
	Quiet map[string]bool // codes of terms in which nobody waits for us: they stay out of the list
	// Theirs are the terms that somebody else has and we wait for: one that ended is no
	// lateness of ours.
	Theirs map[string]bool
	// Prompt are the terms without a date, which the law wants without delay.
	Prompt map[string]bool

	// Waits says for which act a file in a stage waits, by stage: who may do it reads so on
	// the home page.
	Waits map[string]string

	// Sealed says that who may not open a file may not know that there is one: they get no
	// count of it either.
	Sealed bool

	Subject func(breach string) string // the name of what the measure is about, or empty
	Face    func(p *text.Printer, r R, at dossier.At, b Beside) Face
	Next    func(r R, at dossier.At) []string // verbs, the first that may be done being the next step
	Files   func(r R) []Attached

	// What the form of an act starts with, the choices of a field that only the file
	// knows, and the word for such a value. Colleagues are known to the desk.
	Propose func(act string, f dossier.Opened[R], b Beside) map[string]string
	Options func(p *text.Printer, f dossier.Opened[R], b Beside, x ask.Field) []ui.Option
	Word    func(p *text.Printer, r R, x ask.Field, value string) string
	// Minute says that the time of day of a field counts, and is not optional; nil for
	// nowhere.
	Minute func(act, field string) bool
	// Needed says that a field that may be empty for now is needed in the end, so that its
	// form does not call it optional; nil for nowhere.
	Needed func(act, field string) bool
	// Idle says that a field of an act can say nothing in this file, so that its form leaves
	// it out; nil for nowhere. The act still refuses it when it comes all the same.
	Idle func(act string, r R, field string) bool
	// Read says that an act is decided on what the file says: its form shows that first.
	Read func(act string) bool

	// Complete fills in what a form may leave to be computed from its other fields, before
	// the act; nil for nothing.
	Complete func(in any)

	// Deciding are the acts that draft or take a decision: their forms warn of the grounds
	// on which decisions of the kind fell.
	Deciding []string

	// Earlier says where an earlier measure is looked for; nil for nowhere.
	Earlier func(r R, today deadlines.Day) Lookback

	Letters   []Letter[R]
	Templates fs.FS
	Optional  map[string]bool // values that a letter asks with a condition
	Values    func(r R, f Filling) map[string]string
	Expand    func(b documents.Block, r R) []documents.Block // lists and tables in the place of their mark; may be nil
	// Signed names the letter that an input signs and takes the id under which it is
	// kept; an empty name for all other inputs.
	Signed func(in any) (letter string, keep *string)
}

// Card is what the register knows of a file, and who works on it.
type Card struct {
	Stage, Breach, Place, Person string
	Lead, Deputy                 string
	OpenedBy, SignedBy           string
	People                       []string
	InForceOn, ClosedOn          deadlines.Day
	Ends                         deadlines.Day // when the decision itself says when it ends, before its term by law; EndsCode is the code of a term
	EndsCode                     string
	Void                         bool
	Closed                       bool // nothing is corrected any more
	Undecided                    bool // the decision is still to come: the page warns of grounds on which others fell
	Rulings                      []Ruling
}

// Due is one term of a file, as a question to the calendar. Done says that it was
// met or no longer matters; Maybe that it only counts if something happens.
type Due struct {
	Key      string // stable within the file
	Code     string // kind.term.Code is its title
	Number   int    // of the sum, the objection or the request; 0 for none
	Question deadlines.Question
	Done     bool
	Maybe    bool
}

// Face is the page of a file where each measure has its own.
type Face struct {
	Subtitle, Law string
	Stage         string // kind.stage.Stage
	Tone          ui.Tone
	Steps         []Step
	FactsTitle    string
	Facts         []ui.Fact
	Parts         []Part
}

// Part is a part of the page that only one measure has, above the terms.
type Part struct {
	ID, Title string
	Body      templ.Component
}

// Attached are files of an entry: What is the code of what they show.
type Attached struct {
	IDs  []string
	What string
	On   time.Time
}

// Lookback is where an earlier measure of the kind is looked for.
type Lookback struct {
	Breach, Place, Person string
	Since                 deadlines.Day
}

// Colleague is an account. Works says that its roles can work on a file.
type Colleague struct {
	ID, Name string
	Works    bool
}

// Beside is what a page needs besides the file: its row, who works here, how many
// measures came before, and the ground that areas are drawn on.
type Beside struct {
	Row     Row
	People  []Colleague
	Earlier int
	Terrain Terrain
}

// Name is the name of an account.
func (b Beside) Name(account string) string {
	for _, c := range b.People {
		if c.ID == account {
			return c.Name
		}
	}
	return account
}

// Standing is what stands beside the journal of a file: its list row and the terms
// that run.
type Standing[R any] struct {
	Head   dossier.Head
	Record R
	Card   Card
	Row    Row
	Open   []Due
}
