package dispute

// dominators returns, for every node of a flow graph, its immediate
// dominator: the last node that every way from root to it passes. Nodes that root does not
// reach get -1, root itself gets root. pred and next list the edges in both directions.
//
// It is the iterative algorithm of Cooper, Harvey and Kennedy, "A Simple, Fast
// Dominance Algorithm" (2001), on arrays; gonum's graph/flow.Dominators
// gives the same (a test compares them) but keeps maps per node.
func dominators(root int32, next, pred [][]int32) []int32 {
	order := postorder(root, next)
	rank := make([]int32, len(next)) // position in postorder; 0 is unreached
	for i, n := range order {
		rank[n] = int32(i + 1)
	}
	idom := make([]int32, len(next))
	for i := range idom {
		idom[i] = -1
	}
	idom[root] = root
	meet := func(a, b int32) int32 {
		for a != b {
			for rank[a] < rank[b] {
				a = idom[a]
			}
			for rank[b] < rank[a] {
				b = idom[b]
			}
		}
		return a
	}
	for changed := true; changed; {
		changed = false
		for i := len(order) - 2; i >= 0; i-- { // all but root, in reverse postorder
			n := order[i]
			dom := int32(-1)
			for _, p := range pred[n] {
				if rank[p] == 0 || idom[p] < 0 {
					continue
				}
				if dom < 0 {
					dom = p
				} else {
					dom = meet(dom, p)
				}
			}
			if dom != idom[n] {
				idom[n], changed = dom, true
			}
		}
	}
	return idom
}

// postorder lists what root reaches, each node after those it leads to.
func postorder(root int32, next [][]int32) []int32 {
	type frame struct {
		node int32
		edge int
	}
	seen := make([]bool, len(next))
	seen[root] = true
	stack := []frame{{root, 0}}
	var order []int32
	for len(stack) > 0 {
		f := &stack[len(stack)-1]
		if f.edge == len(next[f.node]) {
			order = append(order, f.node)
			stack = stack[:len(stack)-1]
			continue
		}
		n := next[f.node][f.edge]
		f.edge++
		if !seen[n] {
			seen[n] = true
			stack = append(stack, frame{n, 0})
		}
	}
	return order
}

// disjoint returns the greatest number of ways from root to target that share
// no node but these two. It is Menger's theorem by augmenting paths (Ford and Fulkerson
// 1956) over nodes split in an entry and an exit joined by a capacity of one; only
// what leads to target is touched, and the cost is the answer times its edges.
func disjoint(root, target int32, pred [][]int32) int {
	number := map[int32]int32{target: 0}
	list := []int32{target}
	f := &flow{}
	f.add(2) // target's entry and exit
	for i := 0; i < len(list); i++ {
		if list[i] == root {
			continue
		}
		for _, p := range pred[list[i]] {
			n, seen := number[p]
			if !seen {
				n = int32(len(list))
				number[p] = n
				list = append(list, p)
				f.add(2)
				if p != root {
					f.edge(2*n, 2*n+1, 1)
				}
			}
			f.edge(2*n+1, 2*int32(i), 1)
		}
	}
	r, ok := number[root]
	if !ok || root == target {
		return 0
	}
	count := 0
	for f.augment(2*r+1, 0) {
		count++
	}
	return count
}

// flow is a network with residual capacities; edge e^1 is the reverse of edge e.
type flow struct {
	out [][]int32 // edges by node
	to  []int32
	cap []int8
}

func (f *flow) add(nodes int) {
	for range nodes {
		f.out = append(f.out, nil)
	}
}

func (f *flow) edge(from, to int32, capacity int8) {
	f.out[from] = append(f.out[from], int32(len(f.to)))
	f.out[to] = append(f.out[to], int32(len(f.to)+1))
	f.to = append(f.to, to, from)
	f.cap = append(f.cap, capacity, 0)
}

// augment sends one unit more from a to b along a shortest way, if one is left.
func (f *flow) augment(a, b int32) bool {
	by := make([]int32, len(f.out)) // the edge that reached a node, plus one
	queue := []int32{a}
	for i := 0; i < len(queue) && by[b] == 0; i++ {
		for _, e := range f.out[queue[i]] {
			if n := f.to[e]; f.cap[e] > 0 && by[n] == 0 && n != a {
				by[n] = e + 1
				queue = append(queue, n)
			}
		}
	}
	if by[b] == 0 {
		return false
	}
	for n := b; n != a; n = f.to[(by[n]-1)^1] {
		f.cap[by[n]-1]--
		f.cap[(by[n]-1)^1]++
	}
	return true
}
