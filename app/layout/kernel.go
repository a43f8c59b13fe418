package layout

import "math"

// The inner loops of the force engine. Each has a vector twin in kernel_amd64.s that does
// the same operations in the same order on eight lanes and so returns the same bits: products
// and sums are rounded apart (no fused multiply-add, which the conversions below forbid), division and square
// root are exact.

// lanes is the width of the kernels: slices given to them have a length that is a multiple of it.
const lanes = 8

// far is where padding entries lie: so far off that they weigh nothing.
const far = 1e8

// repelGo sums the repulsion on a point at (tx, ty) from the masses cm at (cx, cy): the
// force sum m*d/(|d|^2+eps) and the stiffness sum m/(|d|^2+eps).
func repelGo(tx, ty, eps float32, cx, cy, cm []float32) (fx, fy, stiff float32) {
	var ax, ay, ar [lanes]float32
	cy, cm = cy[:len(cx)], cm[:len(cx)]
	for i := 0; i+lanes <= len(cx); i += lanes {
		for k := range lanes {
			dx, dy := tx-cx[i+k], ty-cy[i+k]
			d := float32(float32(dx*dx)+eps) + float32(dy*dy)
			f := cm[i+k] / d
			ax[k] += float32(f * dx)
			ay[k] += float32(f * dy)
			ar[k] += f
		}
	}
	return fold8(&ax), fold8(&ay), fold8(&ar)
}

// repelSteepGo is repelGo with a repulsion that falls with the square of the distance: the force
// sum m*d/D^1.5 and the stiffness sum m/D^1.5, with D = |d|^2+eps.
func repelSteepGo(tx, ty, eps float32, cx, cy, cm []float32) (fx, fy, stiff float32) {
	var ax, ay, ar [lanes]float32
	cy, cm = cy[:len(cx)], cm[:len(cx)]
	for i := 0; i+lanes <= len(cx); i += lanes {
		for k := range lanes {
			dx, dy := tx-cx[i+k], ty-cy[i+k]
			d := float32(float32(dx*dx)+eps) + float32(dy*dy)
			f := cm[i+k] / float32(d*float32(math.Sqrt(float64(d))))
			ax[k] += float32(f * dx)
			ay[k] += float32(f * dy)
			ar[k] += f
		}
	}
	return fold8(&ax), fold8(&ay), fold8(&ar)
}

// pullGo sums the pull of the pivots at (px, py) on a point at (tx, ty) that is row[i] edges away from
// pivot i, with unit drawing units to an edge: towards the wanted distance, weight 1/d^2.
// Entries with distance 0 do not pull.
func pullGo(tx, ty, unit float32, px, py []float32, row []uint16) (fx, fy float32) {
	var ax, ay [lanes]float32
	px, py = px[:len(row)], py[:len(row)]
	for i := 0; i+lanes <= len(row); i += lanes {
		for k := range lanes {
			d := float32(row[i+k])
			dx, dy := px[i+k]-tx, py[i+k]-ty
			length := float32(math.Sqrt(float64(float32(float32(dx*dx)+1e-6) + float32(dy*dy))))
			f := float32(0)
			if d > 0 {
				f = (length - float32(unit*d)) / float32(float32(d*d)*length)
			}
			ax[k] += float32(f * dx)
			ay[k] += float32(f * dy)
		}
	}
	return fold8(&ax), fold8(&ay)
}

// gaugeGo returns, over the pivots at (px, py) that a point at (tx, ty) is row[i] > 0 edges away from, how long an edge
// looks: the sum of its lengths, that of their squares, and their number, without those over limit.
func gaugeGo(tx, ty, limit float32, px, py []float32, row []uint16) (sum, squares, count float32) {
	var as, aq, ac [lanes]float32
	px, py = px[:len(row)], py[:len(row)]
	for i := 0; i+lanes <= len(row); i += lanes {
		for k := range lanes {
			dx, dy := px[i+k]-tx, py[i+k]-ty
			length := float32(math.Sqrt(float64(float32(dx*dx)+float32(dy*dy)))) / max(float32(row[i+k]), 1)
			if row[i+k] > 0 && length <= limit {
				as[k] += length
				aq[k] += float32(length * length)
				ac[k]++
			}
		}
	}
	return fold8(&as), fold8(&aq), fold8(&ac)
}

// approachGo moves the pairs of seat k of a row and seat (k+apart) modulo lanes of the row that is so many rows further, towards
// their distance or away to it, a row at once: by the part min(step/d^2, 1) of what is missing, each half of it. Pairs
// with distance 0 stay.
func approachGo(x, y []float32, rows, apart int, dist []float32, step float32) {
	for i := 0; i+lanes <= len(dist); i += lanes {
		var mx, my [lanes]float32
		ax, ay := x[i:i+lanes], y[i:i+lanes]
		bx, by := x[i+rows*lanes:i+rows*lanes+lanes], y[i+rows*lanes:i+rows*lanes+lanes]
		for k := range lanes {
			d, l := dist[i+k], (k+apart)%lanes
			if !(d > 0) {
				continue
			}
			dx, dy := ax[k]-bx[l], ay[k]-by[l]
			length := float32(math.Sqrt(float64(float32(dx*dx)+float32(dy*dy)))) + 1e-6
			square := float32(d * d)
			f := float32(float32(0.5*min(step, square))*(length-d)) / float32(square*length)
			mx[k], my[k] = float32(f*dx), float32(f*dy)
		}
		for k := range lanes {
			ax[k] -= mx[k]
			ay[k] -= my[k]
		}
		for k := range lanes {
			l := (k + apart) % lanes
			bx[l] += mx[k]
			by[l] += my[k]
		}
	}
}

// fold8 adds eight lanes in the order of the vector instructions.
func fold8(a *[lanes]float32) float32 {
	s0, s1, s2, s3 := a[0]+a[4], a[1]+a[5], a[2]+a[6], a[3]+a[7]
	return (s0 + s1) + (s2 + s3)
}
