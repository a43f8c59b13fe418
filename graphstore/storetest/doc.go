// Package storetest is what every graphstore.Store must pass, and the seeded
// random cases to test with.
//
//	schema.go   Schema: a small vocabulary that needs no assets
//	random.go   Random: records with awkward values, and edits that a Graph accepts
//	large.go    Large: a case of a given number of claims, for benchmarks
//	model.go    Model: a case as plain maps, the naive twin of Graph
//	run.go      Run: the contract
//
// Equal seeds give equal cases.
package storetest
