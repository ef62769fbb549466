package eml

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"path"
	"slices"
	"strings"

	"baken/internal/fault"
	"baken/internal/kernel/deadlines"
	"baken/internal/kernel/strip"
)

// The limits. What is larger is refused with a sentence that names the limit.
const (
	// MaxMail is how many bytes a mail may have, with its attachments.
	MaxMail = 25 << 20
	// MaxParts is how many parts a mail may have, texts and attachments together.
	MaxParts = 20
	// MaxNested is how deep parts may stand in each other.
	MaxNested = 5
	// MaxText is how many bytes of text a mail may have: 500 pages.
	MaxText = 1 << 20
)

// Mail is what a mail says.
type Mail struct {
	// Received is the day on which our own server took it in, or else the one that the
	// sender's program wrote; NoDay when neither can be read.
	Received deadlines.Day
	// Subject is one line; Text has \n between lines. Both are as strip.Text leaves them.
	Subject, Text string
	Parts         []Part
}

// Part is an attachment, not cleaned yet. Its name has no folder and is never empty.
type Part struct {
	Name string
	Body []byte
}

// Read gives the text and attachments of a mail. What tells who sent it, over which
// machines and when to the second, is not in the result: there is no field for it.
//
// Of a text in two forms the plain one is taken; HTML alone becomes text, of a link
// its words, and nothing is fetched. Of a mail inside the mail the text and the
// attachments are taken, not the headers. Every error is a fault with a code eml.*.
func Read(raw []byte) (Mail, error) {
	if len(raw) > MaxMail {
		return Mail{}, fault.New(fault.Invalid, "eml.too-large", "mb", MaxMail>>20)
	}
	if bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) {
		return Mail{}, fault.New(fault.Invalid, "eml.msg")
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if bytes.HasPrefix(raw, []byte("From ")) { // the line between the mails of a mailbox
		_, raw, _ = bytes.Cut(raw, []byte("\n"))
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return Mail{}, fault.Because(err, fault.Invalid, "eml.unreadable")
	}
	head := textproto.MIMEHeader(m.Header)
	if !slices.ContainsFunc([]string{"From", "Date", "Subject", "Received", "Mime-Version"}, func(k string) bool { return head.Get(k) != "" }) {
		return Mail{}, fault.New(fault.Invalid, "eml.unreadable")
	}
	r := &reader{}
	if err := r.part(head, m.Body, 0); err != nil {
		return Mail{}, err
	}
	out := Mail{Received: received(m.Header), Subject: line(words(head.Get("Subject"))), Parts: r.parts}
	joined := strings.Join(r.texts, "\n\n")
	if len(joined) > MaxText {
		return Mail{}, fault.New(fault.Invalid, "eml.too-much-text", "mb", MaxText>>20)
	}
	out.Text, _ = strip.Text(joined)
	out.Text = strings.TrimSpace(out.Text)
	if out.Text == "" && len(out.Parts) == 0 {
		return Mail{}, fault.New(fault.Invalid, "eml.empty")
	}
	return out, nil
}

// received is the day in the first line that a server wrote on top, which is ours.
func received(h mail.Header) deadlines.Day {
	var dates []string
	if lines := h["Received"]; len(lines) > 0 {
		if i := strings.LastIndexByte(lines[0], ';'); i >= 0 {
			dates = append(dates, lines[0][i+1:])
		}
	}
	for _, s := range append(dates, h.Get("Date")) {
		if at, err := mail.ParseDate(strings.TrimSpace(s)); err == nil && at.Year() >= 1990 && at.Year() < 2200 {
			return deadlines.DayOf(at)
		}
	}
	return deadlines.NoDay
}

// line is a text on one line.
func line(s string) string {
	s, _ = strip.Text(s[:min(len(s), 4096)])
	return strings.Join(strings.Fields(s), " ")
}

// words undoes RFC 2047; what cannot be undone stays as it is.
func words(s string) string {
	d := mime.WordDecoder{CharsetReader: func(charset string, r io.Reader) (io.Reader, error) {
		raw, err := io.ReadAll(r)
		return strings.NewReader(decoded(raw, charset)), err
	}}
	if out, err := d.DecodeHeader(s); err == nil {
		return out
	}
	return s
}

// reader gathers what the parts say.
type reader struct {
	count int
	texts []string
	parts []Part
}

func damaged(cause error) error { return fault.Because(cause, fault.Invalid, "eml.damaged") }

// part reads one part and those in it.
func (r *reader) part(h textproto.MIMEHeader, body io.Reader, depth int) error {
	if r.count++; r.count > MaxParts {
		return fault.New(fault.Invalid, "eml.too-many-parts", "limit", MaxParts)
	}
	if depth > MaxNested {
		return fault.New(fault.Invalid, "eml.too-deep", "limit", MaxNested)
	}
	media, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		media = "text/plain" // RFC 2045, 5.2
	}
	name := nameOf(h, params)
	switch {
	case media == "application/ms-tnef", strings.EqualFold(name, "winmail.dat"):
		return fault.New(fault.Invalid, "eml.winmail")
	case media == "application/pkcs7-mime", media == "application/x-pkcs7-mime", media == "multipart/encrypted", media == "application/pgp-encrypted":
		return fault.New(fault.Invalid, "eml.encrypted")
	case slices.Contains(aboutTheSender, media), strings.EqualFold(path.Ext(name), ".vcf"), strings.EqualFold(path.Ext(name), ".p7s"):
		return nil
	case strings.HasPrefix(media, "multipart/"):
		return r.multipart(media, params["boundary"], body, depth)
	}
	raw, err := undone(body, h.Get("Content-Transfer-Encoding"))
	if err != nil {
		return damaged(err)
	}
	if media == "message/rfc822" {
		inner, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			return damaged(err)
		}
		return r.part(textproto.MIMEHeader(inner.Header), inner.Body, depth+1)
	}
	if media != "text/plain" && media != "text/html" || name != "" || attached(h) {
		if name == "" {
			name = fmt.Sprintf("bijlage-%d%s", len(r.parts)+1, extensions[media])
		}
		r.parts = append(r.parts, Part{name, raw})
		return nil
	}
	text := decoded(raw, params["charset"])
	if media == "text/html" {
		text = plain(text)
	} else if strings.EqualFold(params["format"], "flowed") {
		text = unflowed(text, strings.EqualFold(params["delsp"], "yes"))
	}
	if strings.Contains(text, "-----BEGIN PGP MESSAGE-----") {
		return fault.New(fault.Invalid, "eml.encrypted")
	}
	r.texts = append(r.texts, strings.TrimSpace(text))
	return nil
}

// aboutTheSender are parts that say who or which machine sent the mail and nothing
// of what was said.
var aboutTheSender = []string{"text/vcard", "text/x-vcard", "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "application/pgp-keys",
	"message/delivery-status", "message/disposition-notification", "message/external-body", "text/rfc822-headers"}

// extensions name an attachment without a name by what it is said to be; strip looks
// at what it is.
var extensions = map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "application/pdf": ".pdf", "text/plain": ".txt", "text/html": ".html"}

func attached(h textproto.MIMEHeader) bool {
	kind, _, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	return kind == "attachment"
}

// nameOf is the name of an attachment without the folder of the sender's machine.
func nameOf(h textproto.MIMEHeader, params map[string]string) string {
	_, disposition, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	name := disposition["filename"]
	if name == "" {
		name = params["name"]
	}
	name = line(words(name))
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	return strings.Trim(name, ". ")
}

func (r *reader) multipart(media, boundary string, body io.Reader, depth int) error {
	if boundary == "" {
		return damaged(fmt.Errorf("%s without a boundary", media))
	}
	m := multipart.NewReader(body, boundary)
	var best []string // of an alternative: the plain text, else the last that says something
	isPlain := false
	for n := 0; ; n++ {
		p, err := m.NextRawPart()
		if err == io.EOF {
			if n == 0 {
				return damaged(io.ErrUnexpectedEOF)
			}
			break
		}
		if err != nil {
			return damaged(err)
		}
		before := len(r.texts)
		if err := r.part(p.Header, p, depth+1); err != nil {
			return err
		}
		if media != "multipart/alternative" {
			continue
		}
		said := slices.Clone(r.texts[before:])
		r.texts = r.texts[:before]
		kind, _, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if strings.Join(said, "") != "" && !isPlain {
			best, isPlain = said, err != nil || kind == "text/plain"
		}
	}
	r.texts = append(r.texts, best...)
	return nil
}
