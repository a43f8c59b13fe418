package cayleystore

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"

	"caveat/graphstore"
)

// The parts of bbolt's file format (go.etcd.io/bbolt, internal/common: page.go,
// meta.go, bucket.go) that a reader needs; integers are little-endian.
const (
	magic       = 0xED0CDAED
	boltVersion = 2
	pageHeader  = 16 // id u64, flags u16, count u16, overflow u32
	metaSize    = 64 // magic, version, pagesize, flags u32; root, sequence, freelist, pages, txid, checksum u64
	element     = 16
	bucketSize  = 16 // root u64, sequence u64

	flagBranch, flagLeaf, flagFreelist = 0x01, 0x02, 0x10

	bucketElement = 0x01       // flag of a leaf element that is a bucket
	noFreelist    = ^uint64(0) // freelist of a file that keeps none
	maxDepth      = 64
)

// pages reads a bbolt file with every offset checked. It neither maps the
// file nor trusts it, so damage is an error and never a panic, a fault or an endless loop.
type pages struct {
	file  io.ReaderAt
	size  int64 // of the file, bytes
	page  int64 // size of a page, bytes
	meta  meta
	seen  []bool                                          // pages reached so far
	visit func(bucket string, k, v []byte)                // called for every entry of a top-level bucket
	lost  func(bucket string, at uint64, err error) error // a page that cannot be read; nil: go on without it
	bufs  [maxDepth][]byte
}

type meta struct{ root, freelist, pages, txid uint64 }

// damaged returns an ErrDamaged that says where.
func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s", graphstore.ErrDamaged, fmt.Sprintf(format, args...))
}

// openPages finds the newest meta page. The error wraps ErrNotCase if there
// is none at all, or ErrDamaged: also if only one of the two is readable, for
// that may hide the last edit, and a page so short is written whole or not at all. The pages returned
// with an ErrDamaged can be read as far as they go. older picks the other meta page, the one a transaction before.
func openPages(file io.ReaderAt, size int64, older bool) (*pages, error) {
	p := &pages{file: file, size: size}
	p.lost = func(_ string, _ uint64, err error) error { return err }
	var metas []meta
	bolt := false
	for _, at := range []int64{0, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15, 1 << 16} {
		var b [pageHeader + metaSize]byte
		if _, err := file.ReadAt(b[:], at); err != nil {
			continue
		}
		m, pageSize, isBolt, err := readMeta(b[pageHeader:])
		bolt = bolt || isBolt
		if err != nil || at != 0 && at != pageSize || p.page != 0 && pageSize != p.page {
			continue
		}
		p.page = pageSize
		metas = append(metas, m)
	}
	switch {
	case len(metas) == 0 && !bolt:
		return nil, graphstore.ErrNotCase
	case len(metas) == 0 || older && len(metas) < 2:
		return nil, damaged("both of its first pages are unreadable")
	}
	p.meta = metas[0]
	if len(metas) > 1 && (metas[1].txid > metas[0].txid) != older {
		p.meta = metas[1]
	}
	if p.meta.pages > uint64(size/p.page) {
		return p, damaged("%d bytes are missing at its end", int64(p.meta.pages)*p.page-size)
	}
	p.seen = make([]bool, p.meta.pages)
	if len(metas) < 2 {
		return p, damaged("one of its two first pages is unreadable")
	}
	return p, nil
}

// readMeta reads a meta page after its header. bolt is true if it looks like
// one, valid or not.
func readMeta(b []byte) (m meta, pageSize int64, bolt bool, err error) {
	le := binary.LittleEndian
	if le.Uint32(b) != magic {
		return m, 0, false, graphstore.ErrNotCase
	}
	h := fnv.New64a()
	h.Write(b[:56])
	size := le.Uint32(b[8:])
	if le.Uint32(b[4:]) != boltVersion || h.Sum64() != le.Uint64(b[56:]) || size < 1<<10 || size > 1<<16 || size&(size-1) != 0 {
		return m, 0, true, damaged("a first page is unreadable")
	}
	m = meta{root: le.Uint64(b[16:]), freelist: le.Uint64(b[32:]), pages: le.Uint64(b[40:]), txid: le.Uint64(b[48:])}
	if m.pages > 1<<40 {
		return m, 0, true, damaged("a first page is unreadable")
	}
	return m, int64(size), true, nil
}

// read returns a page with its overflow pages. Each page may be read once.
func (p *pages) read(id uint64, depth int) ([]byte, error) {
	if depth >= maxDepth {
		return nil, damaged("its tree is too deep at page %d", id)
	}
	if id < 2 || id >= p.meta.pages {
		return nil, damaged("page %d does not exist", id)
	}
	buf := p.bufs[depth]
	if int64(len(buf)) < p.page {
		buf = make([]byte, p.page)
	}
	p.bufs[depth] = buf
	if _, err := p.file.ReadAt(buf[:p.page], int64(id)*p.page); err != nil {
		return nil, damaged("page %d: %v", id, err)
	}
	le := binary.LittleEndian
	overflow := uint64(le.Uint32(buf[12:]))
	if le.Uint64(buf) != id || overflow >= p.meta.pages-id {
		return nil, damaged("page %d has a wrong header", id)
	}
	for i := id; i <= id+overflow; i++ {
		if p.seen[i] {
			return nil, damaged("page %d is used twice", i)
		}
		p.seen[i] = true
	}
	if overflow == 0 {
		return buf[:p.page], nil
	}
	n := int64(overflow+1) * p.page
	if int64(len(buf)) < n {
		grown := make([]byte, n)
		copy(grown, buf[:p.page])
		p.bufs[depth], buf = grown, grown
	}
	if _, err := p.file.ReadAt(buf[p.page:n], int64(id+1)*p.page); err != nil {
		return nil, damaged("page %d: %v", id, err)
	}
	return buf[:n], nil
}

// slice returns b[from:from+n] if that is inside b.
func slice(b []byte, from, n uint64) ([]byte, bool) {
	if from > uint64(len(b)) || n > uint64(len(b))-from {
		return nil, false
	}
	return b[from : from+n : from+n], true
}

// walk visits every entry of every bucket below the page. low is the
// smallest key the page may hold, high the first it may not; nil is no bound. bucket is empty for the root.
func (p *pages) walk(bucket string, id uint64, low, high []byte, depth int) error {
	b, err := p.read(id, depth)
	if err == nil {
		err = p.elements(bucket, id, b, low, high, depth)
	}
	if err != nil {
		return p.lost(bucket, id, err)
	}
	return nil
}

// elements visits what is on one page, b, which may be one inside a bucket's value.
func (p *pages) elements(bucket string, id uint64, b, low, high []byte, depth int) error {
	le := binary.LittleEndian
	flags, count := le.Uint16(b[8:]), uint64(le.Uint16(b[10:]))
	if flags != flagBranch && flags != flagLeaf || flags == flagBranch && count == 0 || pageHeader+count*element > uint64(len(b)) {
		return damaged("page %d has a wrong header", id)
	}
	var last []byte
	for i := range count {
		at := pageHeader + i*element
		e := b[at : at+element]
		var pos, klen, vlen uint64
		if flags == flagBranch {
			pos, klen = uint64(le.Uint32(e)), uint64(le.Uint32(e[4:]))
		} else {
			pos, klen, vlen = uint64(le.Uint32(e[4:])), uint64(le.Uint32(e[8:])), uint64(le.Uint32(e[12:]))
		}
		kv, ok := slice(b, at+pos, klen+vlen)
		if !ok || klen == 0 && flags == flagLeaf {
			return damaged("page %d points outside itself", id)
		}
		k, v := kv[:klen:klen], kv[klen:]
		if i > 0 && bytes.Compare(last, k) >= 0 || low != nil && bytes.Compare(k, low) < 0 || high != nil && bytes.Compare(k, high) >= 0 {
			return damaged("page %d has its keys out of order", id)
		}
		last = k
		if err := p.element(bucket, id, b, i, count, flags, k, v, high, depth); err != nil {
			return err
		}
	}
	return nil
}

// element follows one element of a page down, or visits it.
func (p *pages) element(bucket string, id uint64, b []byte, i, count uint64, flags uint16, k, v, high []byte, depth int) error {
	le := binary.LittleEndian
	e := b[pageHeader+i*element:]
	switch {
	case flags == flagBranch:
		next := high
		if i+1 < count { // the next element's key; its bounds are checked in its turn
			at := pageHeader + (i+1)*element
			n, ok := slice(b, at+uint64(le.Uint32(b[at:])), uint64(le.Uint32(b[at+4:])))
			if !ok {
				return damaged("page %d points outside itself", id)
			}
			next = n
		}
		return p.walk(bucket, le.Uint64(e[8:]), k, next, depth+1)
	case le.Uint32(e)&bucketElement == 0:
		if bucket == "" {
			return damaged("an entry stands outside all buckets")
		}
		p.visit(bucket, k, v)
		return nil
	case bucket != "" || len(v) < bucketSize:
		return damaged("page %d holds a bucket that Caveat does not make", id)
	}
	root := le.Uint64(v)
	if root != 0 {
		return p.walk(string(k), root, nil, nil, depth+1)
	}
	inline := v[bucketSize:]
	if len(inline) < pageHeader {
		return damaged("bucket %q is cut off", k)
	}
	if le.Uint16(inline[8:]) != flagLeaf {
		return damaged("bucket %q has a wrong header", k)
	}
	return p.elements(string(k), id, inline, nil, nil, depth+1)
}

// all visits every entry and checks the list of free pages against the pages in use.
func (p *pages) all() error {
	if err := p.walk("", p.meta.root, nil, nil, 0); err != nil {
		return err
	}
	if p.meta.freelist == noFreelist {
		return nil
	}
	b, err := p.read(p.meta.freelist, 0)
	if err != nil {
		return err
	}
	le := binary.LittleEndian
	count, from := uint64(le.Uint16(b[10:])), uint64(pageHeader)
	if count == 0xFFFF {
		count, from = le.Uint64(b[pageHeader:]), pageHeader+8
	}
	if le.Uint16(b[8:]) != flagFreelist || count > uint64(len(b)) || from+8*count > uint64(len(b)) {
		return damaged("its list of free pages has a wrong header")
	}
	for i := range count {
		id := le.Uint64(b[from+8*i:])
		if id < 2 || id >= p.meta.pages || p.seen[id] {
			return damaged("its list of free pages names page %d, which is in use", id)
		}
		p.seen[id] = true
	}
	return nil
}
