package main

import (
	"bufio"
	"os"
	"strconv"

	"baken/internal/kernel/figures"
)

// The shape of the national figures: 14,400 buurten in 342 municipalities, 59
// offences, 144 months, of which about 20 million cells hold a count.
const (
	municipalities = 342
	buurten        = 14_400
	offences       = 59
	months         = 144
	cells          = 20_000_000
)

// codes lists the areas and offences of the generated table.
func codes() (areas, offence []string) {
	for i := range buurten {
		gm, n := i*municipalities/buurten, i%43
		areas = append(areas, "BU"+pad(100+gm, 4)+pad(n/10, 2)+pad(n%10, 2))
	}
	for i := range offences {
		offence = append(offence, strconv.Itoa(1+i/20)+"."+strconv.Itoa(1+i%20/7)+"."+strconv.Itoa(1+i%7))
	}
	return areas, offence
}

func pad(n, width int) string {
	s := strconv.Itoa(n)
	for len(s) < width {
		s = "0" + s
	}
	return s
}

// generate writes the table in the order of the service: offence, area, period.
// The same seed gives the same bytes on every machine.
func generate(path string) (rows int, err error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	w.WriteString("offence,area,period,value\n")
	areas, offence := codes()
	seed := uint64(20261124)
	line := make([]byte, 0, 64)
	const threshold = uint64(cells) << 32 / (buurten * offences * months)
	for _, o := range offence {
		for _, a := range areas {
			for m := range months {
				seed = seed*6364136223846793005 + 1442695040888963407
				if seed>>32 >= threshold {
					continue
				}
				value := 1 + seed>>20&7
				if seed>>24&15 == 0 {
					value = 1 + seed>>10&255
				}
				p := figures.MonthOf(2012, 1).Add(m)
				line = append(append(append(line[:0], o...), ','), a...)
				line = strconv.AppendInt(append(line, ','), int64(p.Year()), 10)
				line = append(line, 'M', 'M', byte('0'+p.Part()/10), byte('0'+p.Part()%10), ',')
				line = append(strconv.AppendUint(line, value, 10), '\n')
				w.Write(line)
				rows++
			}
		}
	}
	if err := w.Flush(); err != nil {
		return 0, err
	}
	return rows, f.Close()
}
