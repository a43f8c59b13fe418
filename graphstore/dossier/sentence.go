package dossier

import (
	"strconv"
	"strings"

	"caveat/graphstore"
)

// maxNesting bounds how deep a claim on a claim on a claim is spelled out.
const maxNesting = 2

// Sentence returns c in words: "BSI cautions about Kaspersky antivirus
// (15 Mar 2022)". The speaker is named in front where it is not the subject:
// "Reuters: Kaspersky makes …"; a speaker who denies what the claim holds always, with that
// word: "Kaspersky denies: Russian government controls Kaspersky". Labels come from the schema of g, in lang
// (en, nl, de, fr; others read English).
func Sentence(g *graphstore.Graph, c *graphstore.Claim, lang string) string {
	return sentence(g, c, lang, 0)
}

func sentence(g *graphstore.Graph, c *graphstore.Claim, lang string, depth int) string {
	var b strings.Builder
	how := Manner(g, c, lang)
	if c.Speaker != "" && (c.Speaker != c.Subject || c.Modality == denies && how != "") {
		b.WriteString(name(g, c.Speaker, lang, depth))
	} else if c.Modality != denies {
		how = ""
	}
	if how != "" && b.Len() > 0 {
		b.WriteByte(' ')
	}
	if b.WriteString(how); b.Len() > 0 {
		b.WriteString(": ")
	}
	b.WriteString(name(g, c.Subject, lang, depth))
	b.WriteByte(' ')
	b.WriteString(Phrase(g, c, lang))
	b.WriteByte(' ')
	if c.Object.IsLiteral() {
		b.WriteString(c.Object.Literal)
	} else {
		b.WriteString(name(g, c.Object.ID, lang, depth))
	}
	if when := When(c); !when.Zero() {
		b.WriteString(" (" + Date(when, lang) + ")")
	}
	return b.String()
}

// denies is the modality of a claim whose speaker says that its content is not so.
const denies graphstore.Modality = "denies"

// Manner returns the word for how c is said, where a reader would be misled
// without it, else nothing: denied, alleged or predicted. Claims on claims have a verb that says so itself ("disputes").
func Manner(g *graphstore.Graph, c *graphstore.Claim, lang string) string {
	switch c.Modality {
	case denies, "alleges", "predicts":
	default:
		return ""
	}
	if string(c.Predicate) == string(c.Modality) || !c.Object.IsLiteral() && g.Claim(c.Object.ID) != nil {
		return ""
	}
	if w := word(g.Schema().Modalities, string(c.Modality)); w != nil {
		return w.Label.In(lang)
	}
	return string(c.Modality)
}

// Phrase returns the verb of c: that of its position where it takes one, else
// the predicate's label, with the position's label behind it where another predicate carries one.
func Phrase(g *graphstore.Graph, c *graphstore.Claim, lang string) string {
	var position *graphstore.PositionInfo
	if c.Position != nil {
		position = g.Schema().Position(*c.Position)
	}
	if position != nil && c.Predicate == graphstore.TakesPos {
		return stance(g, position, lang)
	}
	verb := string(c.Predicate)
	if p := g.Schema().Predicate(c.Predicate); p != nil {
		verb = label(p, false, lang)
	}
	if position != nil {
		return verb + " [" + position.Label.In(lang) + "]"
	}
	return verb
}

// Told returns the verb of c with how it is said in front where a reader would be misled
// without it: "denies: controls".
func Told(g *graphstore.Graph, c *graphstore.Claim, lang string) string {
	if how := Manner(g, c, lang); how != "" {
		return how + ": " + Phrase(g, c, lang)
	}
	return Phrase(g, c, lang)
}

// stance returns the verb for a position. The schema's label is a word for
// chips and legends ("no finding"); a sentence needs one that takes an object. A label that the case changed stands.
func stance(g *graphstore.Graph, p *graphstore.PositionInfo, lang string) string {
	own := p.Label.In(lang)
	shipped := g.Builtin().Position(p.Value)
	if shipped == nil || shipped.Label.In(lang) != own {
		if own == "" {
			return p.Word
		}
		return own
	}
	verbs := []string{"sanctions", "prohibits", "restricts", "cautions about", "has no finding on", "permits", "endorses"}
	switch lang {
	case "nl":
		verbs = []string{"sanctioneert", "verbiedt", "beperkt", "waarschuwt voor", "heeft geen bevinding over", "accepteert", "steunt"}
	case "de":
		verbs = []string{"sanktioniert", "verbietet", "beschränkt", "warnt vor", "hat keinen Befund zu", "erlaubt", "befürwortet"}
	case "fr":
		verbs = []string{"sanctionne", "interdit", "restreint", "met en garde contre", "n’a rien constaté sur", "autorise", "approuve"}
	}
	if i := int(p.Value) + 4; i >= 0 && i < len(verbs) {
		return verbs[i]
	}
	return own
}

// name returns what to call a record inside a sentence.
func name(g *graphstore.Graph, id graphstore.ID, lang string, depth int) string {
	switch r := g.Record(id).(type) {
	case *graphstore.Entity:
		return r.Name(lang)
	case *graphstore.Document:
		return r.Label()
	case *graphstore.View:
		return r.Title
	case *graphstore.Claim:
		if depth >= maxNesting {
			return "…"
		}
		open, close := quotes(lang, depth)
		return open + sentence(g, r, lang, depth+1) + close
	}
	return string(id)
}

// Name returns what to call the record id: an entity's name in lang, a
// document's title, a view's title, a claim's sentence; else the id itself.
func Name(g *graphstore.Graph, id graphstore.ID, lang string) string {
	if c := g.Claim(id); c != nil {
		return Sentence(g, c, lang)
	}
	return name(g, id, lang, 0)
}

// quotes returns the quotation marks of lang; those within others differ.
func quotes(lang string, depth int) (string, string) {
	switch {
	case lang == "de" && depth == 0:
		return "„", "“"
	case lang == "de":
		return "‚", "‘"
	case lang == "fr" && depth == 0:
		return "« ", " »"
	case lang == "fr" || depth == 0:
		return "“", "”"
	}
	return "‘", "’"
}

// Date returns d as people write it in lang: "15 Mar 2022", "Mar 2022",
// "2022", "c. 2022"; empty if unknown.
func Date(d graphstore.Date, lang string) string {
	if d.Zero() {
		return ""
	}
	parts := strings.Split(d.Value, "-")
	text := parts[0]
	if len(parts) > 1 {
		if m, err := strconv.Atoi(parts[1]); err == nil && m >= 1 && m <= 12 {
			text = months(lang)[m-1] + " " + text
		}
	}
	if len(parts) > 2 {
		day := strings.TrimLeft(parts[2], "0")
		if lang == "de" {
			day += "."
		}
		text = day + " " + text
	}
	if d.Precision == graphstore.PrecisionCirca {
		text = map[string]string{"nl": "ca. ", "de": "ca. ", "fr": "vers "}[lang] + text
		if lang != "nl" && lang != "de" && lang != "fr" {
			text = "c. " + text
		}
	}
	return text
}

func months(lang string) []string {
	switch lang {
	case "nl":
		return []string{"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"}
	case "de":
		return []string{"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."}
	case "fr":
		return []string{"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."}
	}
	return []string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
}
