// Package eml is a stub until the real one lands.
package eml

import "baken/internal/kernel/deadlines"

type Part struct {
	Name string
	Body []byte
}
type Mail struct {
	Received      deadlines.Day
	Subject, Text string
	Parts         []Part
}

func Read(raw []byte) (Mail, error) { return Mail{Text: string(raw)}, nil }
