// Package places holds areas: their code, name, level and outline, per year of
// the area layout, and the conversion between the Dutch grid (RD New, metres) and
// longitude and latitude. Outlines are for choropleth maps drawn by the server;
// no address and no person stands here.
//
// A Ring is an area that somebody drew, such as that of a ban; the streets of the
// municipality say in words what lies in it.
//
// Tables owned: places_area, places_street.
package places
