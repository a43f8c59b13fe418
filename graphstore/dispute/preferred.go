package dispute

import (
	"cmp"
	"context"
	"math/bits"
	"slices"
)

// largest is how many undecided arguments a component may have for its
// preferred readings to be searched: their number can grow as 3^(n/3).
const largest = 30

// readings counts, for the undecided arguments of each component small
// enough, the preferred extensions that hold them.
func readings(ctx context.Context, attacks, attacked [][]int32, label []Label) (map[int32]*Readings, error) {
	out := map[int32]*Readings{}
	seen := make([]bool, len(attacks))
	for i := range attacks {
		if seen[i] || label[i] != Undecided {
			continue
		}
		part := []int32{int32(i)}
		seen[i] = true
		for j := 0; j < len(part); j++ {
			for _, near := range [][]int32{attacks[part[j]], attacked[part[j]]} {
				for _, n := range near {
					if label[n] == Undecided && !seen[n] {
						seen[n] = true
						part = append(part, n)
					}
				}
			}
		}
		if len(part) > largest {
			continue
		}
		slices.Sort(part)
		local := make([]uint32, len(part)) // whom each attacks, as bits
		for j, n := range part {
			for _, to := range attacks[n] {
				if k, ok := slices.BinarySearch(part, to); ok {
					local[j] |= 1 << k
				}
			}
		}
		sets, err := preferred(ctx, local)
		if err != nil {
			return nil, err
		}
		for j, n := range part {
			r := &Readings{Of: len(sets)}
			for _, s := range sets {
				r.In += int(s >> j & 1)
			}
			out[n] = r
		}
	}
	return out, nil
}

// preferred returns the preferred extensions of a framework of up to 32
// arguments, sorted: the maximal admissible sets. attacks[i] has the bits of those that i attacks.
//
// It is the backtracking over labels of Nofal, Atkinson and Dunne, "Algorithms for decision problems
// in argument systems under preferred semantics" (Artificial Intelligence 207, 2014): an argument
// taken in puts out what it attacks and obliges somebody to put out what attacks it.
func preferred(ctx context.Context, attacks []uint32) ([]uint32, error) {
	s := &search{ctx: ctx, attacks: attacks, attacked: make([]uint32, len(attacks))}
	all := uint32(1)<<len(attacks) - 1
	if len(attacks) == 32 {
		all = ^uint32(0)
	}
	blank := all
	for i, to := range attacks {
		for k := range attacks {
			if to>>k&1 == 1 {
				s.attacked[k] |= 1 << i
			}
		}
		if to>>i&1 == 1 { // attacks itself
			blank &^= 1 << i
		}
	}
	s.walk(0, blank, 0, 0, 0)
	return greatest(s.found), ctx.Err()
}

// greatest returns the sets that no other holds, sorted, each once. A set can
// only be held by one of more members.
func greatest(sets []uint32) []uint32 {
	slices.SortFunc(sets, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(bits.OnesCount32(b), bits.OnesCount32(a)), cmp.Compare(a, b))
	})
	sets = slices.Compact(sets)
	var out []uint32
	larger, size := 0, -1 // of out, those with more members
	for _, s := range sets {
		if n := bits.OnesCount32(s); n != size {
			larger, size = len(out), n
		}
		if !slices.ContainsFunc(out[:larger], func(o uint32) bool { return s&^o == 0 }) {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}

// search is one run of preferred.
type search struct {
	ctx               context.Context
	attacks, attacked []uint32
	found             []uint32
	steps             int
}

// walk extends the set in; blank may still be taken, out is attacked by in,
// owed attacks in and is not out yet, left was passed over though it could have been taken.
func (s *search) walk(in, blank, out, owed, left uint32) {
	if s.steps++; s.steps%4096 == 0 && s.ctx.Err() != nil {
		return
	}
	for o := owed; o != 0; o &= o - 1 { // somebody must remain to put each out
		if s.attacked[bits.TrailingZeros32(o)]&blank == 0 {
			return
		}
	}
	for l := left &^ out; l != 0; l &= l - 1 { // whatever comes of this, one passed over could join it
		x := bits.TrailingZeros32(l)
		if s.attacks[x]&(in|blank) == 0 && s.attacked[x]&^(out|s.attacks[x]) == 0 {
			return
		}
	}
	if blank == 0 {
		s.found = append(s.found, in)
		return
	}
	// The argument with the most neighbours that may still be taken decides most.
	pick, most := 0, -1
	for b := blank; b != 0; b &= b - 1 {
		i := bits.TrailingZeros32(b)
		if n := bits.OnesCount32((s.attacks[i] | s.attacked[i]) & blank); n > most {
			pick, most = i, n
		}
	}
	bit := uint32(1) << pick
	nowOut := out | s.attacks[pick]
	s.walk(in|bit, blank&^(bit|s.attacks[pick]|s.attacked[pick]), nowOut, (owed|s.attacked[pick])&^nowOut, left)
	// Where all its attackers are or have to be out, every set without it could hold it
	// as well: nobody it attacks could be defended against it.
	if s.attacked[pick]&^(out|owed) != 0 {
		s.walk(in, blank&^bit, out, owed, left|bit)
	}
}
