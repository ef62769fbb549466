package strip

import (
	"bytes"
	"slices"

	"baken/internal/fault"
)

// The limits. What is larger is refused with a sentence that names the limit.
const (
	// MaxFile is how many bytes a file may have, coming in and going out.
	MaxFile = 20 << 20
	// MaxPixels is how many pixels an image may have, all frames together. A progressive
	// JPEG and a PNG of 16 bits, which take more memory to read, may have half.
	MaxPixels = 50_000_000
	// MaxSide is how many pixels one side of an image may have.
	MaxSide = 30_000
	// MaxEntries is how many files an office document may hold.
	MaxEntries = 2_000
	// MaxUnpacked is how many bytes a document may have once unpacked, all together.
	MaxUnpacked = 200 << 20
	// MaxPart is how many bytes one part of an office document may have once unpacked.
	MaxPart = 32 << 20
	// MaxRatio is how many times larger a part may become by unpacking. Deflate cannot
	// do more than 1,032; what people write stays below 100.
	MaxRatio = 300
	// MaxDepth is how deep XML may nest. Word stays below 60.
	MaxDepth = 256
	// MaxNodes is how many elements, attributes and texts a document may have; each takes
	// some hundred bytes of memory.
	MaxNodes = 1_500_000
)

// Kind is something that was found in a file and taken out. The sentence that says
// it on a page is the code "strip.kind-" and the kind.
type Kind string

// What can be taken out.
const (
	Location   Kind = "location"   // where a picture was taken
	Camera     Kind = "camera"     // make, model, settings or software
	Author     Kind = "author"     // who made or changed it
	Dates      Kind = "dates"      // when it was made or changed
	Comments   Kind = "comments"   // remarks, annotations, notes of a speaker
	Changes    Kind = "changes"    // tracked changes and what was deleted
	Hidden     Kind = "hidden"     // sheets, rows, slides, text or marks that are not shown
	Embedded   Kind = "embedded"   // files inside the file, sound, film
	Scripts    Kind = "scripts"    // actions, buttons, events
	Links      Kind = "links"      // addresses outside the document; their text stays
	Thumbnail  Kind = "thumbnail"  // a small picture of how it once looked
	History    Kind = "history"    // earlier revisions, and numbers that tie copies together
	Trailing   Kind = "trailing"   // data behind the end of the file
	Properties Kind = "properties" // other data about the file
	Formulas   Kind = "formulas"   // how a cell is computed; its result stays
	AltText    Kind = "alttext"    // descriptions of pictures, which often hold a name or a path
	Forms      Kind = "forms"      // fields to fill in; what was filled in visibly stays
	Pictures   Kind = "pictures"   // pictures inside that could not be cleaned; an empty one stands there
)

// Kinds are all kinds, in the order in which a page names them.
var Kinds = []Kind{Location, Camera, Author, Dates, Comments, Changes, Hidden, Embedded, Scripts, Links, Thumbnail, History, Trailing, Properties, Formulas, AltText, Forms, Pictures}

// Clean is a file with nothing in it but what one sees.
type Clean struct {
	Body []byte
	// Media is the media type of Body and Ext its extension with the dot; both follow
	// from the content. They may differ from what came in: a WebP becomes a PNG or JPEG.
	Media, Ext string
	// Removed is what was found and taken out, each kind once, in the order of Kinds.
	// Empty means that nothing was found, not that nothing was looked for.
	Removed []Kind
}

// found gathers what was taken out.
type found map[Kind]bool

func (f found) list() (out []Kind) {
	for _, k := range Kinds {
		if f[k] {
			out = append(out, k)
		}
	}
	return out
}

// Copy gives a copy of a file with nothing in it but what one sees. The same body
// gives the same bytes. Every error is a fault with a code strip.*: the file is too
// large, of a kind that is not taken, damaged, locked or dangerous.
//
// Images are decoded and drawn again, upright; documents are written anew without
// properties, remarks, tracked changes (what was inserted stays, what was deleted
// goes) and whatever is hidden: hidden sheets, rows, columns, slides and text are
// not copied. Formulas become their results. Text becomes UTF-8 with invisible
// marks made visible, as Text does.
func Copy(body []byte) (c Clean, err error) {
	if len(body) > MaxFile {
		return Clean{}, fault.New(fault.Invalid, "strip.too-large", "mb", MaxFile>>20)
	}
	if len(body) == 0 {
		return Clean{}, fault.New(fault.Invalid, "strip.empty")
	}
	// The decoders are other people's code reading what a stranger sent. One that
	// panics costs this file, not the service.
	defer func() {
		if r := recover(); r != nil {
			c, err = Clean{}, damaged(errPanic{r})
		}
	}()
	c, err = clean(body)
	if err != nil {
		return Clean{}, err
	}
	if len(c.Body) > MaxFile {
		return Clean{}, fault.New(fault.Invalid, "strip.too-large-out", "mb", MaxFile>>20)
	}
	return c, nil
}

func clean(body []byte) (Clean, error) {
	has := func(s string) bool { return bytes.HasPrefix(body, []byte(s)) }
	switch {
	case has("\xff\xd8\xff"):
		return jpegCopy(body)
	case has("\x89PNG\r\n\x1a\n"):
		return pngCopy(body)
	case has("GIF87a"), has("GIF89a"):
		return gifCopy(body)
	case has("RIFF") && len(body) > 12 && string(body[8:12]) == "WEBP":
		return webpCopy(body)
	case bytes.Contains(body[:min(len(body), 1024)], []byte("%PDF-")):
		return pdfCopy(body)
	case has("PK\x03\x04"), has("PK\x05\x06"), has("PK00PK"):
		return archiveCopy(body)
	case has("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
		// Compound files: Word, Excel and Outlook of before 2007, and every Office file with a password.
		if bytes.Contains(body, utf16le("EncryptedPackage")) {
			return Clean{}, fault.New(fault.Invalid, "strip.locked")
		}
		return Clean{}, fault.New(fault.Invalid, "strip.old-office")
	case has("{\\rtf"):
		return Clean{}, fault.New(fault.Invalid, "strip.old-office")
	case len(body) > 12 && string(body[4:8]) == "ftyp" && slices.Contains([]string{"heic", "heix", "heif", "mif1", "msf1", "hevc", "avif", "avis"}, string(body[8:12])):
		return Clean{}, fault.New(fault.Invalid, "strip.heic")
	}
	return textCopy(body)
}

func utf16le(s string) []byte {
	var b []byte
	for _, c := range []byte(s) {
		b = append(b, c, 0)
	}
	return b
}

func unknownKind() error { return fault.New(fault.Invalid, "strip.unknown-kind") }

func damaged(cause error) error { return fault.Because(cause, fault.Invalid, "strip.damaged") }

// errPanic keeps what a decoder panicked with for the log.
type errPanic struct{ value any }

func (e errPanic) Error() string {
	if err, ok := e.value.(error); ok {
		return "panic: " + err.Error()
	}
	return "panic"
}
