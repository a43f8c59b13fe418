package storetest

import "caveat/graphstore"

// Schema returns a small vocabulary with a predicate of every group.
func Schema() *graphstore.Schema {
	s := &graphstore.Schema{}
	for _, k := range []graphstore.Kind{"vendor", "product", "regulator", "court", "auditor", "jurisdiction"} {
		s.Kinds = append(s.Kinds, graphstore.KindInfo{ID: k, Label: graphstore.Text{"en": string(k)}})
	}
	s.Predicates = []graphstore.PredicateInfo{
		{ID: "makes", Group: graphstore.GroupStructure},
		{ID: "part-of", Group: graphstore.GroupStructure},
		{ID: "employs", Group: graphstore.GroupStructure},
		{ID: graphstore.TakesPos, Group: graphstore.GroupTrust},
		{ID: "relies-on", Group: graphstore.GroupTrust, OnClaims: true},
		{ID: graphstore.SameAs, Group: graphstore.GroupTrust},
		{ID: "supports", Group: graphstore.GroupClaims},
		{ID: "disputes", Group: graphstore.GroupClaims, Attack: true},
		{ID: graphstore.Supersedes, Group: graphstore.GroupClaims, SameSpeaker: true},
		{ID: graphstore.Retracts, Group: graphstore.GroupClaims, SameSpeaker: true},
	}
	for p := graphstore.Position(-4); p <= 2; p++ {
		s.Positions = append(s.Positions, graphstore.PositionInfo{Value: p})
	}
	s.Bases = words("audit", "geopolitical", "legal-exposure", "self-statement")
	s.Modalities = words("states", "alleges", "recommends")
	s.Roles = words("asserts", "documents", "mentions")
	s.Reliabilities = words("A", "B", "C", "D", "E", "F")
	s.Credibilities = words("1", "2", "3", "4", "5", "6")
	s.Markings = words("clear", "green", "amber", "amber+strict", "red")
	return s
}

func words(ids ...string) []graphstore.WordInfo {
	var ws []graphstore.WordInfo
	for _, id := range ids {
		ws = append(ws, graphstore.WordInfo{ID: id})
	}
	return ws
}
