package layout

import "golang.org/x/sys/cpu"

// vectors reports whether the processor and the system have AVX2.
func vectors() bool { return cpu.X86.HasAVX2 }

//go:noescape
func repelAVX2(tx, ty, eps float32, cx, cy, cm *float32, n int, out *[3]float32)

//go:noescape
func repelSteepAVX2(tx, ty, eps float32, cx, cy, cm *float32, n int, out *[3]float32)

//go:noescape
func pullAVX2(tx, ty, unit float32, px, py *float32, row *uint16, n int, out *[2]float32)

//go:noescape
func gaugeAVX2(tx, ty, limit float32, px, py *float32, row *uint16, n int, out *[3]float32)

//go:noescape
func approachAVX2(ax, ay, bx, by, dist *float32, n int, step float32, apart uint32)

// repel is repelGo, by vector instructions where fast.
func repel(fast bool, tx, ty, eps float32, cx, cy, cm []float32) (fx, fy, stiff float32) {
	if !fast || len(cx) == 0 {
		return repelGo(tx, ty, eps, cx, cy, cm)
	}
	var out [3]float32
	repelAVX2(tx, ty, eps, &cx[0], &cy[:len(cx)][0], &cm[:len(cx)][0], len(cx), &out)
	return out[0], out[1], out[2]
}

// repelSteep is repelSteepGo, by vector instructions where fast.
func repelSteep(fast bool, tx, ty, eps float32, cx, cy, cm []float32) (fx, fy, stiff float32) {
	if !fast || len(cx) == 0 {
		return repelSteepGo(tx, ty, eps, cx, cy, cm)
	}
	var out [3]float32
	repelSteepAVX2(tx, ty, eps, &cx[0], &cy[:len(cx)][0], &cm[:len(cx)][0], len(cx), &out)
	return out[0], out[1], out[2]
}

// pull is pullGo, by vector instructions where fast.
func pull(fast bool, tx, ty, unit float32, px, py []float32, row []uint16) (fx, fy float32) {
	if !fast || len(row) == 0 {
		return pullGo(tx, ty, unit, px, py, row)
	}
	var out [2]float32
	pullAVX2(tx, ty, unit, &px[:len(row)][0], &py[:len(row)][0], &row[0], len(row), &out)
	return out[0], out[1]
}

// gauge is gaugeGo, by vector instructions where fast.
func gauge(fast bool, tx, ty, limit float32, px, py []float32, row []uint16) (sum, squares, count float32) {
	if !fast || len(row) == 0 {
		return gaugeGo(tx, ty, limit, px, py, row)
	}
	var out [3]float32
	gaugeAVX2(tx, ty, limit, &px[:len(row)][0], &py[:len(row)][0], &row[0], len(row), &out)
	return out[0], out[1], out[2]
}

// approach is approachGo, by vector instructions where fast.
func approach(fast bool, x, y []float32, rows, apart int, dist []float32, step float32) {
	n, gap := len(dist), rows*lanes
	if !fast || n == 0 {
		approachGo(x, y, rows, apart, dist, step)
		return
	}
	_, _ = x[gap+n-1], y[gap+n-1]
	approachAVX2(&x[0], &y[0], &x[gap], &y[gap], &dist[0], n, step, uint32(apart))
}
