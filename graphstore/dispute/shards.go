package dispute

import (
	"hash/maphash"
	"maps"
)

// shardCount is how many maps a shards value is cut into: an edit copies
// those it touches, so with 100,000 keys about 25 of them for each key changed.
const shardCount = 4096

// shards is a persistent hash map: an edit makes a new value that shares what
// did not change. A value may be read from any goroutine; its iteration order means nothing, so nothing iterates it.
type shards[K comparable, V any] struct {
	seed  maphash.Seed
	parts []map[K]V
}

func newShards[K comparable, V any]() *shards[K, V] {
	return &shards[K, V]{maphash.MakeSeed(), make([]map[K]V, shardCount)}
}

func (s *shards[K, V]) part(k K) int { return int(maphash.Comparable(s.seed, k) % shardCount) }

func (s *shards[K, V]) get(k K) (V, bool) {
	v, ok := s.parts[s.part(k)][k]
	return v, ok
}

// edit returns a copy that may be written to until it is shared.
func (s *shards[K, V]) edit() *shardsEdit[K, V] {
	return &shardsEdit[K, V]{shards[K, V]{s.seed, append([]map[K]V(nil), s.parts...)}, make([]bool, shardCount)}
}

// shardsEdit is a shards value in the making.
type shardsEdit[K comparable, V any] struct {
	shards[K, V]
	own []bool
}

func (e *shardsEdit[K, V]) writable(k K) map[K]V {
	i := e.part(k)
	if !e.own[i] {
		e.own[i] = true
		if e.parts[i] == nil {
			e.parts[i] = map[K]V{}
		} else {
			e.parts[i] = maps.Clone(e.parts[i])
		}
	}
	return e.parts[i]
}

func (e *shardsEdit[K, V]) set(k K, v V) { e.writable(k)[k] = v }

func (e *shardsEdit[K, V]) delete(k K) { delete(e.writable(k), k) }

func (e *shardsEdit[K, V]) done() *shards[K, V] { return &e.shards }
