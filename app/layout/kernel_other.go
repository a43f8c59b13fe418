//go:build !amd64

package layout

// vectors reports that there are no vector kernels for this processor.
func vectors() bool { return false }

func repel(_ bool, tx, ty, eps float32, cx, cy, cm []float32) (fx, fy, stiff float32) {
	return repelGo(tx, ty, eps, cx, cy, cm)
}

func repelSteep(_ bool, tx, ty, eps float32, cx, cy, cm []float32) (fx, fy, stiff float32) {
	return repelSteepGo(tx, ty, eps, cx, cy, cm)
}

func pull(_ bool, tx, ty, unit float32, px, py []float32, row []uint16) (fx, fy float32) {
	return pullGo(tx, ty, unit, px, py, row)
}

func gauge(_ bool, tx, ty, limit float32, px, py []float32, row []uint16) (sum, squares, count float32) {
	return gaugeGo(tx, ty, limit, px, py, row)
}

func approach(_ bool, x, y []float32, rows, apart int, dist []float32, step float32) {
	approachGo(x, y, rows, apart, dist, step)
}
