// Package figures keeps numbers with their source, their period and the
// snapshot they came in, so that every number on a page can be traced and no
// number a council has seen is ever silently replaced.
//
// An import is a snapshot: what one source said on one day. Snapshots of one
// table lie on each other like layers; a series takes each cell from the newest
// layer that covers it, and a layer says what it covers, so that an absent cell
// of a covered series is told apart from one that was never asked for.
//
// Cells are kept in columns, one compressed chunk per municipality, named by the
// SHA-256 of its content. A refresh that changes nothing shares every chunk; a
// difference list decodes only the chunks whose name differs.
//
// Small counts are protected here once for every page and export (Protect).
//
// Tables owned: figures_snapshot, figures_part, figures_chunk.
package figures
