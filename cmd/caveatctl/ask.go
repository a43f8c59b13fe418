package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"caveat/app/words"
	"caveat/graphstore"
	"caveat/graphstore/dispute"
	"caveat/graphstore/dossier"
)

// count is how ask lists a question as JSON.
type count struct {
	Question string `json:"question"`
	Results  int    `json:"results"`
	Title    string `json:"title"`
}

// askFlags are what a question is asked with.
type askFlags struct {
	trueAt, knownBy, lang *string
	without               *[]string
	json                  *bool
}

func newAskFlags(f *flags) *askFlags {
	return &askFlags{
		trueAt:  f.text("true-at", "leave only what holds on this date"),
		knownBy: f.text("known-by", "leave only what was said by this date"),
		without: f.list("without", "leave out these claims, speakers, other entities or documents: ids or names between commas"),
		lang:    f.text("lang", "language of the sentences: en, nl, de, fr (default: that of the terminal)"),
		json:    f.json(),
	}
}

func setupAsk(f *flags) action {
	a := newAskFlags(f)
	return func(ctx context.Context, s *shell, args []string) error {
		if err := askArguments(args); err != nil {
			return err
		}
		g, err := s.read(ctx, args[0])
		if err != nil {
			return err
		}
		asked, err := a.asked(s, g)
		if err != nil {
			return err
		}
		if len(args) > 2 {
			if asked.Entity, err = resolve(g, "ENTITY", args[2], graphstore.TypeEntity, graphstore.TypeClaim); err != nil {
				return err
			}
		}
		if len(args) == 1 {
			return s.countQuestions(ctx, g, asked, *a.json)
		}
		q, _ := dispute.Find(args[1])
		results, err := q.Ask(ctx, dispute.Open(g, asked))
		if err != nil {
			return err
		}
		return s.buffered(func(s *shell) error { return s.results(g, asked, results, *a.json) })
	}
}

// askArguments checks the arguments before a case is opened.
func askArguments(args []string) error {
	switch {
	case len(args) == 0:
		return usagef("CASE is missing")
	case len(args) > 3:
		return usagef("%q is one argument too many", args[3])
	case len(args) > 1 && !slices.Contains(dispute.Names(), args[1]):
		return usagef("there is no question %q; there are %s", args[1], strings.Join(dispute.Names(), ", "))
	}
	return nil
}

// asked turns flags into what a question is asked with.
func (a *askFlags) asked(s *shell, g *graphstore.Graph) (dispute.Asked, error) {
	asked := dispute.Asked{Today: graphstore.Date{Value: s.now.UTC().Format("2006-01-02"), Precision: graphstore.PrecisionDay}}
	var err error
	if asked.TrueAt, err = date("--true-at", *a.trueAt); err != nil {
		return asked, usageError(err.Error())
	}
	if asked.KnownBy, err = date("--known-by", *a.knownBy); err != nil {
		return asked, usageError(err.Error())
	}
	for _, name := range *a.without {
		id, err := resolve(g, "--without", name, graphstore.TypeClaim, graphstore.TypeEntity, graphstore.TypeDocument)
		if err != nil {
			return asked, err
		}
		if asked.Without == nil {
			asked.Without = map[graphstore.ID]bool{}
		}
		asked.Without[id] = true
	}
	table, err := words.Load(terminalLanguage(*a.lang))
	asked.Words = table
	return asked, err
}

// terminalLanguage returns the flag, else the language of the locale.
func terminalLanguage(flag string) string {
	for _, l := range []string{flag, os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG")} {
		if l != "" {
			return l
		}
	}
	return "en"
}

// countQuestions lists all questions with the number of their results.
func (s *shell) countQuestions(ctx context.Context, g *graphstore.Graph, asked dispute.Asked, asJSON bool) error {
	table := asked.Words
	asked.Words = nil
	c := dispute.Open(g, asked)
	out := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	for _, q := range dispute.Questions() {
		results, err := q.Ask(ctx, c)
		if err != nil {
			return fmt.Errorf("%s: %w", q.Name, err)
		}
		title := table.Say("ask." + q.Name + ".title")
		if asJSON {
			err = s.line(count{q.Name, len(results), title})
		} else {
			_, err = fmt.Fprintf(out, "%s\t%d\t%s\n", q.Name, len(results), title)
		}
		if err != nil {
			return err
		}
	}
	return out.Flush()
}

// results prints results: as JSON one a line, else the sentence and below it
// the claims that it rests on.
func (s *shell) results(g *graphstore.Graph, asked dispute.Asked, results []dispute.Result, asJSON bool) error {
	for i, r := range results {
		if asJSON {
			if err := s.line(r); err != nil {
				return err
			}
			continue
		}
		if i > 0 {
			fmt.Fprintln(s.out)
		}
		a := r.Told()
		fmt.Fprintln(s.out, plain(a.Why))
		for _, id := range a.Claims {
			if _, err := fmt.Fprintf(s.out, "    %s  (%s)\n", plain(dossier.Name(g, id, asked.Words.Lang())), id); err != nil {
				return err
			}
		}
	}
	return nil
}
