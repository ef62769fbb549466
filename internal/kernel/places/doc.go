// Package places holds areas: their code, name, level and outline, per year of
// the area layout, and the conversion between the Dutch grid (RD New, metres) and
// longitude and latitude. Outlines are for choropleth maps drawn by the server;
// no address and no person stands here.
//
// Table owned: places_area.
package places
