// Package dispute answers the questions of product.md about a case.
package dispute
