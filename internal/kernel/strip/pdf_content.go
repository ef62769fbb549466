package strip

import (
	"bytes"
	"errors"
	"slices"
)

// operators copies a content stream (ISO 32000-1, 7.8.2) without remarks and without
// the properties of marked content: those hold the text that a reader copies, which
// need not be the text that shows. Of the tags the number stays, to which the
// structure of the document points.
func operators(b []byte, f found) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(len(b))
	var operands [][]byte
	for i := 0; i < len(b); {
		t, next, err := lexeme(b, i, f)
		if err != nil {
			return nil, err
		}
		i = next
		if t == nil {
			break
		}
		if c := t[0]; bytes.IndexByte([]byte("/(<[+-.0123456789]>{}"), c) >= 0 || slices.Contains([]string{"true", "false", "null"}, string(t)) {
			operands = append(operands, t)
			continue
		}
		op := string(t)
		if op == "BDC" || op == "DP" {
			operands, op = marked(operands, op, f)
		}
		for _, o := range operands {
			out.Write(o)
			out.WriteByte(' ')
		}
		operands = operands[:0]
		out.WriteString(op)
		out.WriteByte('\n')
		if op == "BI" {
			if i, err = inlineImage(b, i, &out, f); err != nil {
				return nil, err
			}
		}
	}
	return out.Bytes(), nil
}

// marked keeps the tag of marked content and its number.
func marked(operands [][]byte, op string, f found) ([][]byte, string) {
	bare := map[string]string{"BDC": "BMC", "DP": "MP"}[op]
	if len(operands) != 2 {
		return [][]byte{[]byte("/Span")}, bare
	}
	props := operands[1]
	if bytes.Contains(props, []byte("ActualText")) || bytes.Contains(props, []byte("/Alt")) || bytes.Contains(props, []byte("/E")) {
		f[AltText] = true
	}
	if at := bytes.Index(props, []byte("/MCID")); at >= 0 && bytes.HasPrefix(props, []byte("<<")) {
		number := bytes.TrimLeft(props[at+5:], " \r\n\t")
		n := 0
		for n < len(number) && number[n] >= '0' && number[n] <= '9' {
			n++
		}
		if n > 0 {
			return [][]byte{operands[0], slices.Concat([]byte("<</MCID "), number[:n], []byte(">>"))}, op
		}
	}
	return operands[:1], bare
}

func space(c byte) bool {
	return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' '
}

func delimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

var errContent = errors.New("a content stream that does not end")

// lexeme reads one operand or operator from i; nil at the end. An array or a
// dictionary is one operand.
func lexeme(b []byte, i int, f found) (t []byte, next int, err error) {
	i = skip(b, i, f)
	if i >= len(b) {
		return nil, i, nil
	}
	start := i
	switch c := b[i]; {
	case c == '(':
		next, err := literal(b, i)
		return b[start:next], next, err
	case c == '<' && i+1 < len(b) && b[i+1] == '<', c == '[':
		return nested(b, i, f)
	case c == '<':
		n := bytes.IndexByte(b[i:], '>')
		if n < 0 {
			return nil, i, damaged(errContent)
		}
		return b[start : i+n+1], i + n + 1, nil
	case c == '/':
		i++
	case delimiter(c):
		return b[start : i+1], i + 1, nil
	}
	for i < len(b) && !space(b[i]) && !delimiter(b[i]) {
		i++
	}
	return b[start:i], i, nil
}

// skip passes over white space and remarks.
func skip(b []byte, i int, f found) int {
	for i < len(b) {
		switch {
		case space(b[i]):
			i++
		case b[i] == '%':
			f[Comments] = true
			for i < len(b) && b[i] != '\n' && b[i] != '\r' {
				i++
			}
		default:
			return i
		}
	}
	return i
}

func literal(b []byte, i int) (int, error) {
	depth := 0
	for ; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1, nil
			}
		}
	}
	return len(b), damaged(errContent)
}

// nested reads an array or a dictionary and writes it without remarks.
func nested(b []byte, i int, f found) ([]byte, int, error) {
	var out []byte
	depth := 0
	for i < len(b) {
		if i = skip(b, i, f); i >= len(b) {
			break
		}
		start := i
		two := i+1 < len(b) && b[i+1] == b[i]
		switch c := b[i]; {
		case c == '[', c == '<' && two:
			depth++
			i++
			if c == '<' {
				i++
			}
		case c == ']', c == '>' && two:
			depth--
			i++
			if c == '>' {
				i++
			}
		default:
			var err error
			if _, i, err = lexeme(b, i, f); err != nil {
				return nil, i, err
			}
		}
		if depth > maxNested {
			break
		}
		out = append(append(out, b[start:i]...), ' ')
		if depth <= 0 {
			return out[:len(out)-1], i, nil
		}
	}
	return nil, i, damaged(errContent)
}

// inlineImage copies what stands between BI and EI. Where the data ends is not told;
// as in other readers it is an EI between white space that words follow.
func inlineImage(b []byte, i int, out *bytes.Buffer, f found) (int, error) {
	jpeg := false
	for {
		t, next, err := lexeme(b, i, f)
		if err != nil || t == nil {
			return i, damaged(errContent)
		}
		i = next
		out.Write(t)
		if string(t) == "ID" {
			break
		}
		jpeg = jpeg || bytes.HasPrefix(t, []byte("/DCT"))
		out.WriteByte(' ')
	}
	start := min(i+1, len(b))
	for at := start; ; {
		n := bytes.Index(b[at:], []byte("EI"))
		if n < 0 {
			return i, damaged(errContent)
		}
		at += n + 2
		if !space(b[at-3]) || at < len(b) && !space(b[at]) || !readable(b[at:min(at+16, len(b))]) {
			continue
		}
		data := b[start : at-3]
		if jpeg {
			data = jpegBare(data, f)
		}
		out.WriteByte('\n')
		out.Write(data)
		out.WriteString("\nEI\n")
		return at, nil
	}
}

func readable(b []byte) bool {
	for _, c := range b {
		if c >= 0x7f || c < ' ' && !space(c) {
			return false
		}
	}
	return true
}
