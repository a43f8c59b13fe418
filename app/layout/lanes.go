package layout

import (
	"math"

	"caveat/app/geom"
)

// newLanes returns the engine "lanes": one horizontal lane a group, from the top in the order of the group
// numbers, nodes without a group in the last; in a lane every node as near above or below its
// neighbours as the others leave room. Long lanes have several rows.
func newLanes(p *Problem) Engine {
	c := &course{}
	c.stages = []stage{{cost: 1, run: func(p *Problem, pos []geom.Point) bool {
		place := pinnedPlaces(p, pos)
		l := c.newLaneDrawing(p)
		for range 12 {
			if c.stopped() {
				return false
			}
			l.sweep(c)
		}
		l.write(pos)
		center(pos)
		c.keepPins(p, place, pos)
		return false
	}}}
	return c
}

// laneDrawing orders nodes within lanes.
type laneDrawing struct {
	net   *network
	lanes [][]int32
	rows  []int // rows of each lane
	cell  float32
	x     []float64
}

// laneGap is the free ground between lanes, in rows.
const laneGap = 0.6

func (c *course) newLaneDrawing(p *Problem) *laneDrawing {
	l := &laneDrawing{cell: spacing(p), x: make([]float64, p.N)}
	order := c.groupOrder(p)
	l.net = c.newNetwork(p.N, p.Edges, nil)
	if c.stopped() {
		return l
	}
	for i, v := range order {
		if i == 0 || p.group(int(v)) != p.group(int(order[i-1])) {
			l.lanes = append(l.lanes, nil)
		}
		last := len(l.lanes) - 1
		l.lanes[last] = append(l.lanes[last], v)
	}
	longest := longestRow(p.N)
	for _, lane := range l.lanes {
		l.rows = append(l.rows, (len(lane)+longest-1)/longest)
	}
	l.assign()
	return l
}

// longestRow returns how many nodes are in a row at most where so many make a drawing of about two to one: longer lanes are folded into rows.
func longestRow(n int) int { return max(8, int(math.Ceil(math.Sqrt(float64(n)*2)))) }

// assign gives the nodes of each lane evenly spread columns about 0, in their order.
func (l *laneDrawing) assign() {
	for k, lane := range l.lanes {
		columns := (len(lane) + l.rows[k] - 1) / l.rows[k]
		for i, v := range lane {
			l.x[v] = float64(i/l.rows[k]) - float64(columns-1)/2
		}
	}
}

// sweep sorts every lane by where the neighbours of its nodes are.
func (l *laneDrawing) sweep(c *course) {
	key := make([]float64, l.net.n)
	for _, lane := range l.lanes {
		for i, v := range lane {
			if c.interrupted(i) {
				return
			}
			sum, n := l.x[v], 1.0
			for _, u := range l.net.adj[l.net.off[v]:l.net.off[v+1]] {
				sum += 2 * l.x[u]
				n += 2
			}
			key[v] = sum / n
		}
		c.sortNodes(lane, key)
	}
	l.assign()
}

func (l *laneDrawing) write(pos []geom.Point) {
	top := float32(0)
	for k, lane := range l.lanes {
		for i, v := range lane {
			pos[v] = geom.Point{X: float32(l.x[v]) * l.cell, Y: top + float32(i%l.rows[k])*l.cell}
		}
		top += (float32(l.rows[k]) + laneGap) * l.cell
	}
}
