package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"caveat/graphstore"
)

// claimFlags are the fields of a claim as typed.
type claimFlags struct {
	subject, predicate, object, literal, datatype *string
	speaker, reportedBy                           *string
	saidAt, validFrom, validTo                    *string
	position, modality                            *string
	basis                                         *[]string
	product, region                               *[]string
	version, process, customers, from, to         *string
	evidence                                      []graphstore.Evidence // with names instead of ids
	reliability, credibility                      *string
	note, lang, marking, id                       *string
	tags                                          *[]string
	problem                                       error // of a flag that needs --evidence before it
}

func newClaimFlags(f *flags) *claimFlags {
	c := &claimFlags{
		subject:    f.text("subject", "whom or what the claim is about, or who acts: id or name of an entity or claim"),
		predicate:  f.text("predicate", "the verb: takes-position-on, disputes, makes, …"),
		object:     f.text("object", "the other end: id or name of an entity or claim"),
		literal:    f.text("literal", "a value as the other end, instead of --object"),
		datatype:   f.text("datatype", "XSD type of --literal, such as xsd:integer"),
		speaker:    f.text("speaker", "who says it: id or name of an entity"),
		reportedBy: f.text("reported-by", "document or entity through which it is known; none is first-hand"),
		saidAt:     f.text("said-at", "when it was said: 2018, Nov 2018, 13 Nov 2018, circa 2018"),
		validFrom:  f.text("valid-from", "from when it holds"),
		validTo:    f.text("valid-to", "until when it holds"),
		position:   f.text("position", "+2 endorses, +1 permits, 0 no finding, -1 cautions, -2 restricts, -3 prohibits, -4 sanctions"),
		basis:      f.list("basis", "grounds, between commas: audit, geopolitical, legal-exposure, …"),
		modality:   f.text("modality", "states, alleges, denies, predicts, recommends, orders"),
		product:    f.list("scope-product", "scope: products, by id or name, between commas"),
		region:     f.list("scope-region", "scope: countries, between commas"),
		version:    f.text("scope-version", "scope: version"),
		process:    f.text("scope-process", "scope: process"),
		customers:  f.text("scope-customers", "scope: customers"),
		from:       f.text("scope-from", "scope: from this date"),
		to:         f.text("scope-to", "scope: until this date"),
	}
	f.each("evidence", "id, title or address of a document; may come several times", func(s string) error {
		c.evidence = append(c.evidence, graphstore.Evidence{Document: graphstore.ID(s)})
		return nil
	})
	last := func(name, about string, field func(*graphstore.Evidence) *string) {
		f.each(name, about, func(s string) error {
			if len(c.evidence) == 0 {
				c.problem = usagef("--%s belongs to the --evidence before it, and there is none", name)
				return nil
			}
			*field(&c.evidence[len(c.evidence)-1]) = s
			return nil
		})
	}
	last("locator", "where in the evidence before: page, paragraph, time", func(e *graphstore.Evidence) *string { return &e.Locator })
	last("role", "what the evidence before does: asserts, documents, mentions", func(e *graphstore.Evidence) *string { return &e.Role })
	last("quote", "the passage in the evidence before", func(e *graphstore.Evidence) *string { return &e.Quote.Exact })
	last("quote-prefix", "the words before that passage", func(e *graphstore.Evidence) *string { return &e.Quote.Prefix })
	last("quote-suffix", "the words behind that passage", func(e *graphstore.Evidence) *string { return &e.Quote.Suffix })
	c.reliability = f.text("reliability", "grade of the source, A to F")
	c.credibility = f.text("credibility", "grade of the content, 1 to 6")
	c.note = f.text("note", "note in Markdown")
	c.lang = f.text("lang", "language of the statement, such as de")
	c.tags = f.list("tags", "tags, between commas")
	c.marking = f.text("marking", "TLP marking: clear, green, amber, amber+strict, red")
	c.id = idFlag(f)
	return c
}

func setupAddClaim(f *flags) action {
	c := newClaimFlags(f)
	by, asJSON := byFlag(f), f.json()
	return func(ctx context.Context, s *shell, args []string) error {
		if err := arguments(args, "CASE"); err != nil {
			return err
		}
		if err := c.check(); err != nil {
			return err
		}
		return s.added(ctx, args[0], *by, "Add claim", *asJSON, func(g *graphstore.Graph) (graphstore.Record, error) { return c.claim(g) })
	}
}

// check reports a mistake in the command line.
func (c *claimFlags) check() error {
	switch {
	case c.problem != nil:
		return c.problem
	case *c.subject == "":
		return usagef("--subject is needed")
	case *c.predicate == "":
		return usagef("--predicate is needed")
	case *c.object == "" && *c.literal == "":
		return usagef("--object or --literal is needed")
	case *c.object != "" && (*c.literal != "" || *c.datatype != ""):
		return usagef("--object and --literal exclude each other")
	}
	if *c.position != "" {
		if _, err := strconv.ParseInt(*c.position, 10, 8); err != nil && strings.ContainsAny(*c.position, "0123456789") {
			return usagef("--position %s: a whole number from -4 to +2", *c.position)
		}
	}
	if *c.credibility != "" {
		if _, err := strconv.Atoi(*c.credibility); err != nil {
			return usagef("--credibility %s: a number from 1 to 6", *c.credibility)
		}
	}
	return nil
}

// claim makes the claim with its names resolved in g.
func (c *claimFlags) claim(g *graphstore.Graph) (*graphstore.Claim, error) {
	r := resolver{g: g}
	claim := &graphstore.Claim{
		ID:         newID(*c.id),
		Subject:    r.one("subject", *c.subject, graphstore.TypeEntity, graphstore.TypeClaim),
		Predicate:  graphstore.Predicate(*c.predicate),
		Object:     graphstore.Object{Literal: *c.literal, Datatype: *c.datatype},
		Speaker:    r.one("speaker", *c.speaker, graphstore.TypeEntity),
		ReportedBy: r.one("reported_by", *c.reportedBy, graphstore.TypeDocument, graphstore.TypeEntity),
		SaidAt:     r.date("said_at", *c.saidAt),
		ValidFrom:  r.date("valid_from", *c.validFrom),
		ValidTo:    r.date("valid_to", *c.validTo),
		Position:   r.position(*c.position),
		Scope: graphstore.Scope{
			Region: *c.region, Version: *c.version, Process: *c.process, Customers: *c.customers,
			Period: graphstore.Period{From: r.date("scope.period.from", *c.from), To: r.date("scope.period.to", *c.to)},
		},
		Modality:    graphstore.Modality(*c.modality),
		Reliability: *c.reliability, Note: *c.note, Lang: *c.lang, Tags: *c.tags,
		Meta: graphstore.Meta{Marking: graphstore.Marking(*c.marking)},
	}
	if *c.object != "" {
		claim.Object.ID = r.one("object", *c.object, graphstore.TypeEntity, graphstore.TypeClaim)
	}
	for _, b := range *c.basis {
		claim.Basis = append(claim.Basis, graphstore.Basis(b))
	}
	for _, p := range *c.product {
		claim.Scope.Product = append(claim.Scope.Product, r.one("scope.product", p, graphstore.TypeEntity))
	}
	for _, e := range c.evidence {
		e.Document = r.one("evidence", string(e.Document), graphstore.TypeDocument)
		claim.Evidence = append(claim.Evidence, e)
	}
	if *c.credibility != "" {
		n, err := strconv.Atoi(*c.credibility)
		if err == nil && n == 0 { // 0 would mean ungraded
			err = errors.New("credibility: 0 is none of 1 to 6")
		}
		claim.Credibility = n
		r.note(err)
	}
	return claim, r.err
}

// resolver turns typed texts into fields and keeps the first error.
type resolver struct {
	g   *graphstore.Graph
	err error
}

func (r *resolver) note(err error) {
	if r.err == nil {
		r.err = err
	}
}

func (r *resolver) one(field, text string, types ...graphstore.Type) graphstore.ID {
	if text == "" {
		return ""
	}
	id, err := resolve(r.g, field, text, types...)
	r.note(err)
	return id
}

func (r *resolver) date(field, text string) graphstore.Date {
	d, err := date(field, text)
	r.note(err)
	return d
}

// position reads a number or a word of the schema; empty is none.
func (r *resolver) position(text string) *graphstore.Position {
	if text == "" {
		return nil
	}
	var list []string
	for _, p := range r.g.Schema().Positions {
		list = append(list, fmt.Sprintf("%+d %s", p.Value, p.Word))
		if strings.EqualFold(text, p.Word) {
			return &p.Value
		}
	}
	n, err := strconv.ParseInt(text, 10, 8)
	if p := graphstore.Position(n); err == nil && r.g.Schema().Position(p) != nil {
		return &p
	}
	r.note(fmt.Errorf("position: %q is none of %s", text, strings.Join(list, ", ")))
	return nil
}
