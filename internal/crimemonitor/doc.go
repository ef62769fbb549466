// Package crimemonitor shows high impact crime from open police figures: what was
// registered, per offence, year, month and neighbourhood, beside what was to be
// expected, with every number traceable to table, filter and snapshot. It knows no
// persons and cannot reach them.
//
// Law: Gemeentewet art. 172 lid 1 (the mayor keeps public order) and art. 160; the
// figures are open data, so the AVG does not apply to them. Small counts on public
// pages: AVG recital 26.
//
// Flow: figures come from a file or from the service; each import is a snapshot
// with its list of differences; pages and commands read series; people put events
// on the time line; nothing is predicted about a person or a household.
//
// Tables: crime_event. The figures themselves are of kernel/figures.
// Purposes: veiligheidsbeeld.
// Elsewhere: reading files and the service (connect/cbs), counting and protecting
// (kernel/figures), areas and outlines (kernel/places).
package crimemonitor
