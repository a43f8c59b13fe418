package layout

// pieces are the parts of a connected network that hang together at single nodes: its blocks (biconnected components, Hopcroft and Tarjan
// 1973), a bridge being one of two nodes. Seen from a root, a piece hangs on one node and has its other nodes to itself,
// so whole pieces, with all that hangs on them, may turn about that node.
type pieces struct {
	at    []int32 // per piece: the node that it hangs on
	first []int32 // per piece, and one more: where its nodes begin in node
	node  []int32 // all nodes but the root, piece by piece; what hangs on a piece comes before it
	home  []int32 // per node: its piece, -1 for the root
}

// cut finds the pieces of a connected network seen from a root.
func (c *course) cut(g *network, root int32) *pieces {
	p := &pieces{home: make([]int32, g.n), node: make([]int32, 0, g.n)}
	number, low := make([]int32, g.n), make([]int32, g.n) // order of discovery from 1 on, and the least one seen from beyond a node
	next := append([]int32(nil), g.off[:g.n]...)
	path, open := append(make([]int32, 0, g.n), root), make([]int32, 0, g.n)
	p.home[root], number[root], low[root] = -1, 1, 1
	found := int32(1)
	for len(path) > 0 {
		v := path[len(path)-1]
		if next[v] < g.off[v+1] {
			u := g.adj[next[v]]
			next[v]++
			if number[u] != 0 { // the node that v was found from is as low as that of a piece may be
				low[v] = min(low[v], number[u])
				continue
			}
			if found++; found&0xffff == 0 && c.stopped() {
				break
			}
			number[u], low[u] = found, found
			path, open = append(path, u), append(open, u)
			continue
		}
		path = path[:len(path)-1]
		if len(path) == 0 {
			break
		}
		u := path[len(path)-1]
		if low[v] < number[u] { // something beyond v reaches above u
			low[u] = min(low[u], low[v])
			continue
		}
		p.first, p.at = append(p.first, int32(len(p.node))), append(p.at, u)
		for k := len(open) - 1; ; k-- {
			w := open[k]
			p.home[w] = int32(len(p.at) - 1)
			p.node = append(p.node, w)
			if w == v {
				open = open[:k]
				break
			}
		}
	}
	p.first = append(p.first, int32(len(p.node)))
	return p
}

// members returns the nodes of a piece but the one that it hangs on.
func (p *pieces) members(k int32) []int32 { return p.node[p.first[k]:p.first[k+1]] }

// sizes returns how many nodes each piece carries: its own and those of what hangs on it.
func (p *pieces) sizes() []int32 {
	size := make([]int32, len(p.at))
	carried := make([]int32, len(p.home)) // per node
	for k := range p.at {
		for _, v := range p.members(int32(k)) {
			size[k] += 1 + carried[v]
		}
		carried[p.at[k]] += size[k]
	}
	return size
}
