package figures

// Chunks gives the bytes of a sheet's chunks to the tests of the layout.
func Chunks(s *Sheet) [][]byte {
	var out [][]byte
	for _, p := range s.Parts {
		out = append(out, p.data)
	}
	return out
}

// DecodeChunk decodes a whole chunk.
func DecodeChunk(data []byte) ([]Cell, error) {
	c, err := openChunk(data)
	if err != nil {
		return nil, err
	}
	var out []Cell
	err = c.walk(func(cell Cell) bool { out = append(out, cell); return true })
	return out, err
}
