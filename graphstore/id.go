package graphstore

import (
	"crypto/rand"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/oklog/ulid/v2"
)

// ID names a record for ever: an IRI. Imported IRIs are kept; new ids are
// ULIDs under IDPrefix. The empty ID means "none".
type ID string

// IDPrefix starts every id that Caveat makes itself.
const IDPrefix = "urn:caveat:"

// NewID returns a fresh id that sorts after ids made earlier.
func NewID() ID {
	return ID(IDPrefix + ulid.MustNew(ulid.Timestamp(time.Now()), rand.Reader).String())
}

// maxID bounds the length of an id in bytes; the store keeps ids in keys.
const maxID = 2048

// Check reports why id cannot name a record: it must be valid UTF-8, not
// empty, at most 2,048 bytes, with a scheme and without spaces, control
// characters or the delimiters that RFC 3987 forbids in an IRI.
func (id ID) Check() error {
	s := string(id)
	switch {
	case s == "":
		return fmt.Errorf("empty id")
	case len(s) > maxID:
		return fmt.Errorf("id of %d bytes is longer than %d", len(s), maxID)
	case !utf8.ValidString(s):
		return fmt.Errorf("id %q is not valid UTF-8", s)
	}
	for _, r := range s {
		if r <= ' ' || r == 0x7f || strings.ContainsRune("<>\"{}|^`\\", r) {
			return fmt.Errorf("id %q holds %q, which an IRI cannot", s, r)
		}
	}
	if i := strings.IndexByte(s, ':'); i <= 0 {
		return fmt.Errorf("id %q is no IRI: it has no scheme, such as urn", s)
	}
	return nil
}
