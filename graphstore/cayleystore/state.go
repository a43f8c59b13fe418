package cayleystore

import (
	"encoding/json"
	"fmt"
	"hash/crc32"

	"caveat/graphstore"
)

// The bucket and key of the state, and the bucket of the journal.
const (
	stateBucket   = "caveat"
	stateKey      = "state"
	journalBucket = "journal"
)

const (
	formatName    = "caveat case"
	formatVersion = 1
)

// state is what the file says about itself. Sums holds, by bucket, the sum
// of entrySum over its entries; the bucket of the state itself has none. Pending
// is the revision of a large edit that is not whole yet, see writeLarge; 0 is none.
type state struct {
	Format   string              `json:"format"`
	Version  int                 `json:"version"`
	Revision graphstore.Revision `json:"revision"`
	Pending  graphstore.Revision `json:"pending,omitempty"`
	Sums     map[string]uint64   `json:"sums"`
}

// castagnoli is the CRC-32 that processors compute themselves. It is a constant in all but syntax.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// entrySum is a checksum of one entry of a bucket. Sums of entries are
// added modulo 2^64, so that a bucket's sum is kept up to date entry by entry.
func entrySum(key, value []byte) uint64 {
	k := crc32.Checksum(key, castagnoli)
	return uint64(k)<<32 | uint64(crc32.Update(k, castagnoli, value))
}

// encode returns the state as JSON after its own checksum.
func (s *state) encode() ([]byte, error) {
	b, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "%08x %s", crc32.Checksum(b, castagnoli), b), nil
}

// decodeState reads what encode wrote. The error wraps ErrNewer,
// ErrDamaged or ErrNotCase.
func decodeState(b []byte) (*state, error) {
	if len(b) < 9 {
		return nil, graphstore.ErrNotCase
	}
	s := new(state)
	if err := json.Unmarshal(b[9:], s); err != nil || fmt.Sprintf("%08x ", crc32.Checksum(b[9:], castagnoli)) != string(b[:9]) {
		return nil, fmt.Errorf("%w: its state cannot be read", graphstore.ErrDamaged)
	}
	switch {
	case s.Format != formatName:
		return nil, graphstore.ErrNotCase
	case s.Version > formatVersion:
		return nil, fmt.Errorf("%w: its format is %d, this Caveat reads up to %d", graphstore.ErrNewer, s.Version, formatVersion)
	}
	if s.Sums == nil {
		s.Sums = map[string]uint64{}
	}
	return s, nil
}
