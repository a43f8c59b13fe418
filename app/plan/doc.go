// Package plan says what a view of a case asks of its drawing: where nodes stand, in which groups they are, and what their
// places mean. The window and caveatctl draw a view by it, so that both show the same.
//
// Everything here works on immutable values, on any goroutine; equal input gives equal results.
//
//	places.go       a place for every node: the view's, home, or the layout's
//	laying.go       the layouts that a view may name; who is in which lane
//	guides.go       lanes and dates behind a drawing, read off its places
//	grouping.go     groups by kind, country, owner, community, and the user's own
//	communities.go  those of an edge list, as the kinds of its nodes and as its groups
//	members.go      who is in a group, and where a folded one stands
package plan
