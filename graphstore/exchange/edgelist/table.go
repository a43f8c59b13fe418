package edgelist

import (
	"bytes"
	"hash/maphash"
	"math/bits"
	"math/rand/v2"
)

// table numbers names in the order in which they first come: an open-addressing hash table with linear
// probing, without a pointer. A name of up to seven bytes is its own key and so is found by one look
// at memory; the others lie in text. Where names are whole numbers not much larger than there are nodes, as in many lists, they
// are looked up in a plain array. The hash is seeded afresh each time against names chosen to collide; numbers do
// not depend on it.
type table struct {
	slots  []slot // a power of two, at most 5/8 in use
	used   int
	counts []int32 // by the whole number that a name is: node + 1, 0 is not known or in slots
	text   []byte  // the names, one after the other
	ends   []int64
	seed   maphash.Seed
	salt   [2]uint64
}

type slot struct {
	key  uint64
	node int32 // + 1, 0 is free
}

// keyLong marks the keys of names of more than seven bytes: their hashes. keyCount marks those of names that are whole numbers
// of up to nine digits, written without zeros in front: the numbers.
const (
	keyLong   = 0xff << 56
	keyCount  = 0x80 << 56
	mostCount = 9
)

func newTable() *table {
	return &table{slots: make([]slot, 1<<12), seed: maphash.MakeSeed(), salt: [2]uint64{rand.Uint64(), rand.Uint64() | 1}}
}

// keyOf returns a name's key: its number, its bytes and its length, or a hash.
func (t *table) keyOf(name []byte) uint64 {
	if n, ok := countOf(name); ok {
		return keyCount | n
	}
	if len(name) > 7 {
		return maphash.Bytes(t.seed, name) | keyLong
	}
	k := uint64(len(name)) << 56
	for i, c := range name {
		k |= uint64(c) << (8 * i)
	}
	return k
}

// countOf returns the whole number that a name is, if it is one.
func countOf(name []byte) (n uint64, ok bool) {
	if len(name) > mostCount || len(name) == 0 || name[0] == '0' && len(name) > 1 {
		return 0, false
	}
	for _, c := range name {
		if c -= '0'; c > 9 {
			return 0, false
		}
		n = 10*n + uint64(c)
	}
	return n, true
}

// home returns the first slot to look at for a key.
func (t *table) home(key uint64) int {
	hi, lo := bits.Mul64(key^t.salt[0], t.salt[1])
	return int((hi ^ lo) & uint64(len(t.slots)-1))
}

// node returns the number of a name of in, a new one if it has none.
func (t *table) node(in []byte, e end) int32 {
	if e.key>>56 != keyCount>>56 {
		n, _ := t.inSlots(in, e, true)
		return n
	}
	at := int(e.key &^ keyCount)
	if at < len(t.counts) {
		if n := t.counts[at]; n != 0 {
			return n - 1
		}
	} else if most := 8 * (len(t.ends) + 1<<12); at < most && len(t.counts) <= most/3*2 {
		more := make([]int32, min(2*at+1, most))
		copy(more, t.counts)
		t.counts = more
	}
	direct := at < len(t.counts)
	n, found := t.inSlots(in, e, !direct)
	if !direct {
		return n
	}
	if !found {
		n = t.add(in, e)
	}
	t.counts[at] = n + 1
	return n
}

// inSlots finds a name, or else adds it if it is to.
func (t *table) inSlots(in []byte, e end, add bool) (n int32, found bool) {
	i := t.home(e.key)
	for {
		s := &t.slots[i]
		if s.node == 0 {
			break
		}
		if s.key == e.key && (e.key < keyLong || bytes.Equal(t.name(s.node-1), in[e.from:e.to])) {
			return s.node - 1, true
		}
		i = (i + 1) & (len(t.slots) - 1)
	}
	if !add {
		return 0, false
	}
	if t.used*8 >= len(t.slots)*5 {
		t.grow()
		for i = t.home(e.key); t.slots[i].node != 0; i = (i + 1) & (len(t.slots) - 1) {
		}
	}
	n = t.add(in, e)
	t.used++
	t.slots[i] = slot{e.key, n + 1}
	return n, false
}

// add gives a new name its number.
func (t *table) add(in []byte, e end) int32 {
	t.text = append(t.text, in[e.from:e.to]...)
	t.ends = append(t.ends, int64(len(t.text)))
	return int32(len(t.ends)) - 1
}

func (t *table) name(n int32) []byte {
	from := int64(0)
	if n > 0 {
		from = t.ends[n-1]
	}
	return t.text[from:t.ends[n]]
}

// grow doubles the slots.
func (t *table) grow() {
	old := t.slots
	t.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.node == 0 {
			continue
		}
		i := t.home(s.key)
		for t.slots[i].node != 0 {
			i = (i + 1) & (len(t.slots) - 1)
		}
		t.slots[i] = s
	}
}

// names returns all names by number, cut from one string.
func (t *table) names() []string {
	all, from := string(t.text), int64(0)
	out := make([]string, len(t.ends))
	for i, to := range t.ends {
		out[i], from = all[from:to], to
	}
	return out
}
