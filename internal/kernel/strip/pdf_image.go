package strip

import (
	"bytes"
	"encoding/binary"
)

// jpegBare takes the Exif, XMP and remarks out of a JPEG inside a PDF and leaves the
// picture byte for byte. The PDF says itself how to turn it and which colours it has;
// only the segment of Adobe, which says how the colours are packed, stays.
func jpegBare(b []byte, f found) []byte {
	if len(b) < 4 || b[0] != 0xff || b[1] != 0xd8 {
		return nil
	}
	out := []byte{0xff, 0xd8}
	jpegLook(b, f)
	for i := 2; i+2 <= len(b); {
		if b[i] != 0xff {
			// Compressed data runs to the next marker that is none of its own.
			next := i
			for next+1 < len(b) && (b[next] != 0xff || b[next+1] == 0 || b[next+1] >= 0xd0 && b[next+1] <= 0xd7) {
				next++
			}
			out = append(out, b[i:min(next, len(b))]...)
			if next+1 >= len(b) {
				return out
			}
			i = next
			continue
		}
		marker := b[i+1]
		switch {
		case marker == 0xff:
			i++
			continue
		case marker == 0xd9:
			if i+2 < len(b) && len(bytes.Trim(b[i+2:], "\r\n\x00")) > 0 {
				f[Trailing] = true
			}
			return append(out, 0xff, 0xd9)
		case marker == 0 || marker == 1 || marker >= 0xd0 && marker <= 0xd8:
			out = append(out, 0xff, marker)
			i += 2
			continue
		}
		if i+4 > len(b) {
			return out
		}
		n := int(binary.BigEndian.Uint16(b[i+2:]))
		if n < 2 || i+2+n > len(b) {
			return out
		}
		if marker == 0xee || !(marker >= 0xe0 && marker <= 0xef || marker == 0xfe) {
			out = append(out, b[i:i+2+n]...)
		}
		i += 2 + n
	}
	return out
}

// jpxBare keeps of a JPEG 2000 (ITU T.800, annex I) what draws it: signature, type,
// header and code stream, the remarks in its main header blanked; nil when it cannot
// be read.
func jpxBare(b []byte, f found) []byte {
	if bytes.HasPrefix(b, []byte{0xff, 0x4f}) {
		return codeStream(b, f)
	}
	var out []byte
	for i := 0; i+8 <= len(b); {
		n, head, kind := int(binary.BigEndian.Uint32(b[i:])), 8, string(b[i+4:i+8])
		switch {
		case n == 0:
			n = len(b) - i
		case n == 1:
			return nil // a box of more than 4 GB
		}
		if n < head || n > len(b)-i {
			return nil
		}
		switch kind {
		case "jP  ", "ftyp", "jp2h":
			out = append(out, b[i:i+n]...)
		case "jp2c":
			stream := codeStream(b[i+8:i+n], f)
			if stream == nil {
				return nil
			}
			out = append(binary.BigEndian.AppendUint32(out, uint32(len(stream)+8)), "jp2c"...)
			return append(out, stream...)
		default:
			f[Properties] = true
			xmp(b[i:i+n], f)
		}
		i += n
	}
	return nil
}

func codeStream(b []byte, f found) []byte {
	out := bytes.Clone(b)
	for i := 2; i+4 <= len(out) && out[i] == 0xff && out[i+1] != 0x90; {
		n := int(binary.BigEndian.Uint16(out[i+2:]))
		if n < 2 || i+2+n > len(out) {
			return nil
		}
		if out[i+1] == 0x64 { // COM
			for j := i + 6; j < i+2+n; j++ {
				if out[j] != ' ' {
					f[Comments] = true
				}
				out[j] = ' '
			}
		}
		i += 2 + n
	}
	return out
}
