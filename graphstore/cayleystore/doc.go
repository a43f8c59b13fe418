// Package cayleystore keeps a case in Cayley: as a file, Cayley's key-value
// quad store over current bbolt; in memory, Cayley's memstore, for tests. It is the only importer of Cayley.
//
//	store.go    Store: Create, Open, Memory, Load, Apply, Close
//	delta.go    the guarded writer's first half: which quads a diff adds and deletes
//	write.go    its second half: one bbolt transaction for quads, journal and state
//	intent.go   edits too large for one transaction
//	kv.go       Cayley's key-value interface inside that transaction
//	load.go     one raw pass over Cayley's log into records
//	journal.go  History
//	state.go    what the file says about itself: format, revision, checksums
//	file.go     opening and locking; faults.go what errors mean
//	pages.go    a bounds-checked reader of bbolt's pages, which cannot panic
//	check.go    Check; repair.go Repair
//	memory.go   the store in memory
//
// The file is an ordinary bbolt database with these buckets: Cayley's meta,
// log, spoc, opsc, cspo (its indexes by subject, object and graph), v and n (its 131,072
// buckets of value hashes and reference counts, folded into two), journal
// (one diff a revision) and caveat (the state).
//
// # Why nothing gets lost or half written
//
// An edit is one bbolt transaction: its quads, its journal entry and the new
// state become durable together or not at all, because Cayley is given our transaction
// instead of beginning its own. A process killed at any moment leaves the last
// committed transaction. Only an edit of more than 60,000 quads takes several, because bbolt and Cayley keep
// all of a transaction in memory: its journal entry goes first and is marked pending, and
// while the mark is there its records are read from before it. Broken off, it is taken back by the next writer.
//
// # Cayley's traps, and why they cannot close here
//
// T1, stale caches after a failed write: a Cayley quad store lives for one
// transaction and is then thrown away with everything it remembers; after a
// failure the file is closed, opened, verified and loaded again.
// T2, a value both added and released in one delta stores nil (cayley issue 885): additions and
// deletions are two deltas, in that order, inside the one transaction.
// T3, adding what is there or deleting what is not skews counts: deltas are
// computed from the graph in memory, so each add is new and each delete
// exists, and Cayley's strict options refuse the rest.
//
// # Damage
//
// bbolt has no checksums on its pages. Every bucket's entries therefore have
// a sum in the state, kept up to date by the writer. Open reads the whole file through with
// its own reader before bbolt touches it, and compares; so a truncated or
// altered file is refused with ErrDamaged before anything is written to it.
package cayleystore
