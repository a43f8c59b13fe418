//go:build race

package layout

// raced says that the race detector looks on, which takes ten times as long: tests of what a drawing looks like then
// take smaller graphs and fewer seeds, all of them over several pieces of every parallel loop, and peers_test.go is left
// out. Nothing is lost: the whole runs without the detector.
const raced = true
