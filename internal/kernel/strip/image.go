package strip

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/webp"

	"baken/internal/fault"
)

// quality of a JPEG that is written again: at 92 the eye sees no loss.
const quality = 92

// fits refuses an image by the size that its header tells, before a byte of it is
// decoded. weight is how many pixels of memory one takes.
func fits(w, h, weight int) error {
	if w <= 0 || h <= 0 {
		return damaged(errors.New("an image without a size"))
	}
	if w > MaxSide || h > MaxSide || w*h*weight > MaxPixels {
		return fault.New(fault.Invalid, "strip.too-many-pixels", "mp", MaxPixels/1_000_000, "side", MaxSide)
	}
	return nil
}

// turned shows an image the way Exif says a viewer must, without a second copy of
// the pixels in memory.
type turned struct {
	image.Image
	turn int
}

func upright(m image.Image, turn int) image.Image {
	if turn == 1 {
		return m
	}
	return turned{m, turn}
}

func (t turned) Bounds() image.Rectangle {
	b := t.Image.Bounds()
	if t.turn >= 5 {
		return image.Rect(0, 0, b.Dy(), b.Dx())
	}
	return image.Rect(0, 0, b.Dx(), b.Dy())
}

func (t turned) At(x, y int) color.Color {
	b := t.Image.Bounds()
	w, h := b.Dx()-1, b.Dy()-1
	switch t.turn {
	case 2:
		x = w - x
	case 3:
		x, y = w-x, h-y
	case 4:
		y = h - y
	case 5:
		x, y = y, x
	case 6:
		x, y = y, h-x
	case 7:
		x, y = w-y, h-x
	case 8:
		x, y = w-y, x
	}
	return t.Image.At(b.Min.X+x, b.Min.Y+y)
}

// Opaque lets the PNG encoder leave out a channel that says nothing.
func (t turned) Opaque() bool {
	o, ok := t.Image.(interface{ Opaque() bool })
	return ok && o.Opaque()
}

func jpegCopy(body []byte) (Clean, error) {
	f := found{}
	turn, weight, end := jpegLook(body, f)
	if end > 0 && end < len(body) {
		f[Trailing] = true
	}
	size, err := jpeg.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return Clean{}, damaged(err)
	}
	if err := fits(size.Width, size.Height, weight); err != nil {
		return Clean{}, err
	}
	m, err := jpeg.Decode(bytes.NewReader(body))
	if err != nil {
		return Clean{}, damaged(err)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, upright(m, turn), &jpeg.Options{Quality: quality}); err != nil {
		return Clean{}, damaged(err)
	}
	return Clean{out.Bytes(), "image/jpeg", ".jpg", f.list()}, nil
}

// jpegLook walks the segments of a JPEG (ITU T.81, annex B): how it must be turned,
// what one pixel of it weighs in memory, and where it ends (0 when it does not).
func jpegLook(b []byte, f found) (turn, weight, end int) {
	turn, weight = 1, 1
	for i := 2; i+4 <= len(b); {
		if b[i] != 0xff {
			i++
			continue
		}
		marker := b[i+1]
		if marker == 0xff {
			i++
			continue
		}
		if marker == 0xd9 {
			return turn, weight, i + 2
		}
		if marker == 0 || marker == 1 || marker >= 0xd0 && marker <= 0xd8 {
			i += 2
			continue
		}
		n := int(binary.BigEndian.Uint16(b[i+2:]))
		if n < 2 || i+2+n > len(b) {
			return turn, weight, 0
		}
		seg := b[i+4 : i+2+n]
		switch {
		case marker == 0xc2 || marker == 0xc6 || marker == 0xca || marker == 0xce:
			weight = 2
		case marker == 0xfe:
			f[Comments] = true
		case marker == 0xe1 && bytes.HasPrefix(seg, []byte("Exif\x00\x00")):
			turn = exif(seg[6:], f)
		case marker == 0xe1:
			xmp(seg, f)
		case marker == 0xe0 && bytes.HasPrefix(seg, []byte("JFXX")):
			f[Thumbnail] = true
		case marker == 0xe0 || marker == 0xee: // JFIF and Adobe: how to read the colours
		case marker > 0xe0 && marker <= 0xef:
			f[Properties] = true
		}
		i += 2 + n
	}
	if len(b) >= 2 && b[len(b)-2] == 0xff && b[len(b)-1] == 0xd9 {
		return turn, weight, len(b)
	}
	return turn, weight, 0
}

func pngCopy(body []byte) (Clean, error) {
	f, turn := found{}, 1
	for i := 8; i+12 <= len(body); {
		n, kind := int(binary.BigEndian.Uint32(body[i:])), string(body[i+4:i+8])
		if n < 0 || n > len(body)-i-12 {
			break
		}
		data := body[i+8 : i+8+n]
		switch kind {
		case "tEXt", "zTXt", "iTXt":
			f[Comments] = true
			if bytes.HasPrefix(data, []byte("XML:com.adobe.xmp")) {
				xmp(data, f)
			}
		case "eXIf":
			turn = exif(data, f)
		case "tIME":
			f[Dates] = true
		case "acTL", "fdAT":
			f[Hidden] = true // frames of an APNG: the first is what every program shows
		case "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "pHYs", "bKGD", "sBIT", "hIST", "fcTL":
		default:
			f[Properties] = true
		}
		i += 12 + n
		if kind == "IEND" {
			if i < len(body) {
				f[Trailing] = true
			}
			break
		}
	}
	size, err := png.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return Clean{}, damaged(err)
	}
	weight := 1
	if body[24] == 16 { // bits of a colour
		weight = 2
	}
	if err := fits(size.Width, size.Height, weight); err != nil {
		return Clean{}, err
	}
	m, err := png.Decode(bytes.NewReader(body))
	if err != nil {
		return Clean{}, damaged(err)
	}
	return pngOf(m, turn, f)
}

func pngOf(m image.Image, turn int, f found) (Clean, error) {
	if clearUnseen(m) {
		f[Hidden] = true
	}
	var out bytes.Buffer
	if err := png.Encode(&out, upright(m, turn)); err != nil {
		return Clean{}, damaged(err)
	}
	return Clean{out.Bytes(), "image/png", ".png", f.list()}, nil
}

// clearUnseen blanks the colour of pixels that are wholly transparent: a picture
// that was "cut out" often still has the rest of itself there.
func clearUnseen(m image.Image) (any bool) {
	blank := func(pix []byte, step, colour int) {
		for i := 0; i+step <= len(pix); i += step {
			seen := false
			for _, a := range pix[i+colour : i+step] {
				seen = seen || a != 0
			}
			if seen {
				continue
			}
			for j := i; j < i+colour; j++ {
				any = any || pix[j] != 0
				pix[j] = 0
			}
		}
	}
	switch m := m.(type) {
	case *image.NRGBA:
		blank(m.Pix, 4, 3)
	case *image.NRGBA64:
		blank(m.Pix, 8, 6)
	case *image.Paletted:
		for i, c := range m.Palette {
			if c, ok := c.(color.NRGBA); ok && c.A == 0 && c != (color.NRGBA{}) {
				m.Palette[i], any = color.NRGBA{}, true
			}
		}
	}
	return any
}

func webpCopy(body []byte) (Clean, error) {
	f, turn, lossless := found{}, 1, false
	end := min(8+int(binary.LittleEndian.Uint32(body[4:])), len(body))
	if end < len(body) {
		f[Trailing] = true
	}
	for i := 12; i+8 <= end; {
		n := int(binary.LittleEndian.Uint32(body[i+4:]))
		if n > end-i-8 {
			break
		}
		data := body[i+8 : i+8+n]
		switch string(body[i : i+4]) {
		case "EXIF":
			turn = exif(bytes.TrimPrefix(data, []byte("Exif\x00\x00")), f)
		case "XMP ":
			xmp(data, f)
		case "ANIM", "ANMF":
			return Clean{}, fault.New(fault.Invalid, "strip.moving-webp")
		case "VP8L", "ALPH":
			lossless = true
		case "VP8 ", "VP8X":
		default:
			f[Properties] = true
		}
		i += 8 + n + n&1
	}
	size, err := webp.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return Clean{}, damaged(err)
	}
	if err := fits(size.Width, size.Height, 1); err != nil {
		return Clean{}, err
	}
	m, err := webp.Decode(bytes.NewReader(body))
	if err != nil {
		return Clean{}, damaged(err)
	}
	// There is no encoder of WebP that we trust; a photo becomes a JPEG and a drawing
	// a PNG, which is what they would have been.
	if lossless {
		return pngOf(m, turn, f)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, upright(m, turn), &jpeg.Options{Quality: quality}); err != nil {
		return Clean{}, damaged(err)
	}
	return Clean{out.Bytes(), "image/jpeg", ".jpg", f.list()}, nil
}

func gifCopy(body []byte) (Clean, error) {
	f := found{}
	size, err := gif.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return Clean{}, damaged(err)
	}
	if err := fits(size.Width, size.Height, 1); err != nil {
		return Clean{}, err
	}
	pixels, end := gifLook(body, f)
	if pixels > MaxPixels {
		return Clean{}, fits(MaxSide+1, 1, 1)
	}
	if end > 0 && end < len(body) {
		f[Trailing] = true
	}
	g, err := gif.DecodeAll(bytes.NewReader(body))
	if err != nil {
		return Clean{}, damaged(err)
	}
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, g); err != nil {
		return Clean{}, damaged(err)
	}
	return Clean{out.Bytes(), "image/gif", ".gif", f.list()}, nil
}

// gifLook walks the blocks of a GIF (GIF89a, 17 to 27): how many pixels its frames
// have together, and where it ends (0 when it does not).
func gifLook(b []byte, f found) (pixels, end int) {
	if len(b) < 13 {
		return 0, 0
	}
	table := func(flags byte) int {
		if flags&0x80 == 0 {
			return 0
		}
		return 3 << (flags&7 + 1)
	}
	skip := func(i int) int {
		for i < len(b) && b[i] != 0 {
			i += 1 + int(b[i])
		}
		return i + 1
	}
	for i := 13 + table(b[10]); i < len(b); {
		switch b[i] {
		case 0x2c:
			if i+10 > len(b) {
				return pixels, 0
			}
			pixels += int(binary.LittleEndian.Uint16(b[i+5:])) * int(binary.LittleEndian.Uint16(b[i+7:]))
			i = skip(i + 11 + table(b[i+9]))
		case 0x21:
			if i+2 > len(b) {
				return pixels, 0
			}
			switch label := b[i+1]; {
			case label == 0xfe, label == 0x01:
				f[Comments] = true
			case label == 0xff && !bytes.HasPrefix(b[min(i+3, len(b)):], []byte("NETSCAPE2.0")):
				f[Properties] = true
			}
			i = skip(i + 2)
		case 0x3b:
			return pixels, i + 1
		default:
			return pixels, 0
		}
	}
	return pixels, 0
}
