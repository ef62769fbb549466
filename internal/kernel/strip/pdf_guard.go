package strip

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"

	"baken/internal/fault"
)

// maxRepair is how large a PDF may be of which the table of objects is broken, and
// maxStarts how often a sound one is read from its start: once, for its version. pdfcpu repairs a table by
// reading from the start, in a time that grows with the square of the size: a file
// of 19 MB took it more than four minutes.
const (
	maxRepair = 256 << 10
	maxStarts = 1
)

// source is a PDF that pdfcpu may not begin to repair when that could take minutes.
type source struct {
	*bytes.Reader
	starts int
}

// Seek counts how often reading begins at the start.
func (s *source) Seek(offset int64, whence int) (int64, error) {
	if offset == 0 && whence == io.SeekStart {
		if s.starts++; s.starts > maxStarts && s.Size() > maxRepair {
			return 0, errors.New("a table of objects that needs repair")
		}
	}
	return s.Reader.Seek(offset, whence)
}

// inflatable refuses a bomb before pdfcpu unpacks it: every stream that may hold
// objects is unpacked here into nothing, and what comes out is counted. pdfcpu
// bounds each stream but not all together.
func inflatable(body []byte) error {
	total := int64(0)
	for at, streams := 0, 0; ; streams++ {
		if streams > maxObjects/5 {
			return fault.New(fault.Invalid, "strip.too-many-entries", "limit", maxObjects/5)
		}
		i := bytes.Index(body[at:], []byte("stream"))
		if i < 0 {
			return nil
		}
		start := at + i
		head := body[max(0, start-4096):start]
		if j := bytes.LastIndex(head, []byte("endobj")); j >= 0 {
			head = head[j:]
		}
		at = start + 6
		// A name may be written with # and a number, so one that has it is looked at too.
		if bytes.HasSuffix(head, []byte("end")) || !bytes.Contains(head, []byte("ObjStm")) && !bytes.Contains(head, []byte("XRef")) && !bytes.ContainsRune(head, '#') {
			continue
		}
		data := bytes.TrimLeft(body[at:min(at+4, len(body))], "\r\n ")
		data = body[at+min(4, len(body)-at)-len(data):]
		z, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			continue
		}
		n, _ := io.Copy(io.Discard, io.LimitReader(z, MaxPart+1))
		if total += n; n > MaxPart || total > MaxUnpacked {
			return bomb()
		}
	}
}
