package graphstore

import "caveat/assets"

// Builtin returns the schema that Caveat ships.
func Builtin() (*Schema, error) { return ParseSchema(assets.Schema()) }
