package strip

import (
	"bytes"
	"encoding/binary"
)

// exif reads of an Exif block (a TIFF without its "Exif\0\0") how the picture must
// be turned, 1 to 8, and notes what else stands in it. Broken blocks count as 1:
// they are thrown away with the rest. CIPA DC-008 (Exif 2.32), 4.6.
func exif(tiff []byte, f found) (turn int) {
	turn = 1
	if len(tiff) < 8 {
		return turn
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	f[Properties] = f[Properties] || len(tiff) > 8
	todo, seen := []uint32{order.Uint32(tiff[4:])}, map[uint32]bool{}
	for first := true; len(todo) > 0 && len(seen) < 8; first = false {
		at := todo[0]
		todo = todo[1:]
		if seen[at] || at < 8 || uint64(at)+2 > uint64(len(tiff)) {
			continue
		}
		seen[at] = true
		n := int(order.Uint16(tiff[at:]))
		end := int(at) + 2 + 12*n
		if end > len(tiff) {
			continue
		}
		for e := int(at) + 2; e < end; e += 12 {
			switch tag := order.Uint16(tiff[e:]); tag {
			case 0x0112:
				if v := int(order.Uint16(tiff[e+8:])); first && v >= 1 && v <= 8 {
					turn = v
				}
			case 0x8825:
				f[Location] = true
			case 0x8769:
				todo = append(todo, order.Uint32(tiff[e+8:]))
			case 0x010e, 0x013b, 0x8298, 0x9286, 0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e, 0x9c9f, 0xa430: // description, artist, copyright, comment, XP*, owner
				f[Author] = true
			case 0x010f, 0x0110, 0x0131, 0x927c, 0xa431, 0xa433, 0xa434, 0xa435, 0xa420: // make, model, software, maker's note, serial numbers
				f[Camera] = true
			case 0x0132, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012:
				f[Dates] = true
			}
		}
		if first && end+4 <= len(tiff) && order.Uint32(tiff[end:]) != 0 {
			f[Thumbnail] = true
		}
	}
	return turn
}

// xmp notes what stands in a packet of XMP. It is thrown away whole, so a rough
// look is enough.
func xmp(packet []byte, f found) {
	f[Properties] = true
	for _, row := range []struct {
		mark string
		kind Kind
	}{
		{"GPS", Location}, {"creator", Author}, {"Author", Author}, {"CreateDate", Dates}, {"ModifyDate", Dates}, {"MetadataDate", Dates},
		{"CreatorTool", Camera}, {"History", History}, {"DocumentID", History}, {"Thumbnails", Thumbnail},
	} {
		if bytes.Contains(packet, []byte(row.mark)) {
			f[row.kind] = true
		}
	}
}
