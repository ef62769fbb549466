package places

import (
	"math"
)

// Point is a position: in RD New x (east) and y (north) in metres.
type Point struct{ X, Y float64 }

// The Bessel 1841 ellipsoid and the projection of RD New (EPSG:28992): Gauss'
// conformal sphere, then an oblique stereographic projection on Amersfoort.
const (
	besselA = 6377397.155
	besselF = 1 / 299.1528128
	wgsA    = 6378137.0
	wgsF    = 1 / 298.257223563
	scale   = 0.9999079
	falseX  = 155000.0
	falseY  = 463000.0
)

// projection holds what follows from the constants.
type projection struct {
	phi0, lam0, b0 float64
	r, n, m, e     float64
}

func newProjection() projection {
	p := projection{phi0: radians(52 + 9.0/60 + 22.178/3600), lam0: radians(5 + 23.0/60 + 15.5/3600)}
	e2 := besselF * (2 - besselF)
	p.e = math.Sqrt(e2)
	sin, cos := math.Sincos(p.phi0)
	rn := besselA / math.Sqrt(1-e2*sin*sin)
	rm := besselA * (1 - e2) / math.Pow(1-e2*sin*sin, 1.5)
	p.r = math.Sqrt(rn * rm)
	p.n = math.Sqrt(1 + e2*math.Pow(cos, 4)/(1-e2))
	p.b0 = math.Atan(math.Sqrt(rm/rn) * math.Tan(p.phi0))
	p.m = math.Log(math.Tan(p.b0/2+math.Pi/4)) - p.n*p.isometric(p.phi0)
	return p
}

// rd is computed once from constants and never changes.
var rd = newProjection()

func radians(deg float64) float64 { return deg * math.Pi / 180 }
func degrees(rad float64) float64 { return rad * 180 / math.Pi }

// isometric latitude on the ellipsoid.
func (p projection) isometric(phi float64) float64 {
	s := p.e * math.Sin(phi)
	return math.Log(math.Tan(phi/2+math.Pi/4)) - p.e/2*math.Log((1+s)/(1-s))
}

// ToRD converts longitude and latitude in degrees (WGS84, ETRS89) to RD New. The
// seven parameters are good to about 0.2 m within the Netherlands; the correction
// grid of RDNAPTRANS is not used.
func ToRD(lon, lat float64) Point {
	phi, lam := toBessel(radians(lat), radians(lon))
	b := 2*math.Atan(math.Exp(rd.n*rd.isometric(phi)+rd.m)) - math.Pi/2
	dl := rd.n * (lam - rd.lam0)
	s2 := math.Pow(math.Sin((b-rd.b0)/2), 2) + math.Pow(math.Sin(dl/2), 2)*math.Cos(b)*math.Cos(rd.b0)
	if s2 == 0 {
		return Point{falseX, falseY}
	}
	half, cosHalf := math.Sqrt(s2), math.Sqrt(1-s2)
	sinA := math.Sin(dl) * math.Cos(b) / (2 * half * cosHalf)
	cosA := (math.Sin(b) - math.Sin(rd.b0) + 2*math.Sin(rd.b0)*s2) / (2 * math.Cos(rd.b0) * half * cosHalf)
	radius := 2 * scale * rd.r * half / cosHalf
	return Point{falseX + radius*sinA, falseY + radius*cosA}
}

// FromRD converts RD New to longitude and latitude in degrees.
func FromRD(p Point) (lon, lat float64) {
	dx, dy := p.X-falseX, p.Y-falseY
	radius := math.Hypot(dx, dy)
	sinA, cosA := 0.0, 1.0
	if radius > 0 {
		sinA, cosA = dx/radius, dy/radius
	}
	psi := 2 * math.Atan(radius/(2*scale*rd.r))
	b := math.Asin(cosA*math.Cos(rd.b0)*math.Sin(psi) + math.Sin(rd.b0)*math.Cos(psi))
	lam := math.Asin(sinA*math.Sin(psi)/math.Cos(b))/rd.n + rd.lam0
	q := (math.Log(math.Tan(b/2+math.Pi/4)) - rd.m) / rd.n
	phi := b
	for range 8 { // converges to below a micrometre in four
		s := rd.e * math.Sin(phi)
		phi = 2*math.Atan(math.Exp(q+rd.e/2*math.Log((1+s)/(1-s)))) - math.Pi/2
	}
	lat, lon = fromBessel(phi, lam)
	return degrees(lon), degrees(lat)
}

// The seven parameters from Bessel to ETRS89: shift in metres, rotation in seconds
// of arc (position vector), scale in millionths. Kadaster, as EPSG:28992 is
// commonly used with them.
const (
	shiftX, shiftY, shiftZ    = 565.4171, 50.3319, 465.5524
	rotateX, rotateY, rotateZ = -0.398957388243134, 0.343987817378283, -1.87740163998045
	stretch                   = 4.0725e-6
)

// axisHeight is the height of the ellipsoid of Bessel above that of ETRS89 at
// Amersfoort, about 43 m; positions at ground level differ by millimetres.
const axisHeight = 43.0

func fromBessel(phi, lam float64) (float64, float64) {
	x, y, z := geocentric(phi, lam, 0, besselA, besselF)
	rx, ry, rz := radians(rotateX/3600), radians(rotateY/3600), radians(rotateZ/3600)
	m := 1 + stretch
	return geographic(shiftX+m*(x-rz*y+ry*z), shiftY+m*(rz*x+y-rx*z), shiftZ+m*(-ry*x+rx*y+z), wgsA, wgsF)
}

func toBessel(phi, lam float64) (float64, float64) {
	x, y, z := geocentric(phi, lam, axisHeight, wgsA, wgsF)
	rx, ry, rz := radians(rotateX/3600), radians(rotateY/3600), radians(rotateZ/3600)
	m := 1 + stretch
	x, y, z = (x-shiftX)/m, (y-shiftY)/m, (z-shiftZ)/m
	// The rotations are so small that their inverse is their opposite, to 0.1 mm.
	return geographic(x+rz*y-ry*z, -rz*x+y+rx*z, ry*x-rx*y+z, besselA, besselF)
}

func geocentric(phi, lam, h, a, f float64) (x, y, z float64) {
	e2 := f * (2 - f)
	sin, cos := math.Sincos(phi)
	n := a / math.Sqrt(1-e2*sin*sin)
	return (n + h) * cos * math.Cos(lam), (n + h) * cos * math.Sin(lam), (n*(1-e2) + h) * sin
}

func geographic(x, y, z, a, f float64) (phi, lam float64) {
	e2 := f * (2 - f)
	p := math.Hypot(x, y)
	phi = math.Atan2(z, p*(1-e2))
	for range 8 {
		sin := math.Sin(phi)
		n := a / math.Sqrt(1-e2*sin*sin)
		phi = math.Atan2(z+e2*n*sin, p)
	}
	return phi, math.Atan2(y, x)
}
