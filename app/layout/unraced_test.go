//go:build !race

package layout

// raced is explained in raced_test.go.
const raced = false
