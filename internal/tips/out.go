package tips

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"mime"
	"strconv"
	"strings"

	"filippo.io/age"

	"baken/internal/fault"
	"baken/internal/kernel/dossier"
	"baken/internal/kernel/work"
	"baken/internal/text"
)

// Copy makes the copy of a tip for the receiver of a disclosure: an age file for their
// key that holds the summaries that were released, and the files without metadata when
// the disclosure says so. It holds no number, account or id of ours, names are neutral
// and days are months.
func (m *Room) Copy(ctx context.Context, who work.Actor, id string, n int) (out []byte, err error) {
	o := &m.Office
	err = o.Keep.See(ctx, who, Purpose, func(u *work.Unit) error {
		g, err := o.Book.RequireFor(u, TakeAct, o.Ref(id), strconv.Itoa(n))
		if err != nil {
			return err
		}
		h, entries, err := o.Journal.Load(u, g, o.Ref(id))
		if err != nil {
			return err
		}
		r, err := o.Kind.Fold(h, entries)
		if err != nil {
			return err
		}
		if n < 1 || n > len(r.Forwards) {
			return fault.New(fault.NotFound, "access.not-found")
		}
		f := r.Forwards[n-1]
		to, ok := r.Policies.On(f.On).Receiver(f.Receiver)
		if !ok {
			return fault.New(fault.Conflict, "tips.no-such-receiver")
		}
		var files []dossier.Attachment
		for _, p := range r.Parts {
			if f.Files != "with" || !p.Open() {
				continue
			}
			for _, name := range p.Files {
				file, body, err := o.Journal.Read(u, g, o.Ref(id), name)
				if err != nil {
					return err
				}
				files = append(files, dossier.Attachment{Media: file.Media, Name: file.Name, Body: body})
			}
		}
		out, err = seal(to.Key, r.letter(m.Town, f), files)
		return err
	})
	return out, err
}

// letter is the text that leaves: what was approved, and no day, name or number by
// which it can be laid beside something else.
func (r Tip) letter(town string, f Forward) string {
	p := text.For(text.NL)
	year, month, _ := r.Received.Civil()
	var b strings.Builder
	b.WriteString(p.T("tips.out.head", "town", town) + "\n\n")
	b.WriteString(p.T("tips.out.about", "theme", p.T("tips.option."+r.Theme), "month", p.Month(month), "year", year) + "\n\n")
	for _, part := range r.Parts {
		if part.Open() {
			b.WriteString(part.Summary + "\n\n")
		}
	}
	b.WriteString(p.T("tips.out.ground", "ground", f.Ground) + "\n\n" + p.T("tips.out.care") + "\n")
	return b.String()
}

// seal packs a text and files and encrypts them for a receiver. The entries of the
// archive have no times.
func seal(key, letter string, files []dossier.Attachment) ([]byte, error) {
	to, err := age.ParseX25519Recipient(key)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	sealed, err := age.Encrypt(&out, to)
	if err != nil {
		return nil, err
	}
	z := zip.NewWriter(sealed)
	put := func(name string, body []byte) error {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		_, err = w.Write(body)
		return err
	}
	if err := put("bericht.txt", []byte(letter)); err != nil {
		return nil, err
	}
	for i, f := range files {
		if err := put(neutralName(i+1, f.Media), f.Body); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	if err := sealed.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// extensions are those that a reader expects; mime would give .jfif for a photograph.
var extensions = map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf", "text/plain": ".txt"}

// neutralName is the name of a file that says nothing.
func neutralName(n int, media string) string {
	ext := extensions[strings.TrimSpace(strings.SplitN(media, ";", 2)[0])]
	if ext == "" {
		if all, err := mime.ExtensionsByType(media); err == nil && len(all) > 0 {
			ext = all[0]
		}
	}
	return fmt.Sprintf("bijlage-%d%s", n, ext)
}
