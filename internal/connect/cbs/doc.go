// Package cbs reads what CBS and the police publish: files as they are
// downloaded, exported or passed on, and the OData service itself (versions 3 and
// 4). Both give a figures.Import, or a refusal that names the file, the line and
// the reason; a file that is refused in one place is refused as a whole.
//
// The traps it knows are those of real publications: padded codes, totals and
// years among the parts, cells that are empty for three different reasons, names
// in the place of codes, several tables in one file.
//
// A fake of the service stands in cbsfake; tests use no other.
package cbs
