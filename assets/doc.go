// Package assets embeds everything Caveat ships besides code: the built-in
// cases, the vocabulary, icons, fonts and the texts of the user interface. It
// is a leaf and imports nothing of ours.
//
// # Samples
//
// samples/NAME.jsonl are canonical bundles and the source themselves: edit them by
// hand or with caveatctl, in English plain words of our own. No sentence of a
// source may be copied; a test compares with the researched input where that is
// at hand. Ids are readable: urn:caveat:e: for entities, d: documents, c: claims,
// v: views. Claims k00 to k35 and a01 to a14 (h…, v… in the small cases) are
// researched acts, l-… relations between claims, s-… structure and legal
// grounds, v-… figures that sources give.
//
// Names: one with a bare language is what a user of that language sees on the
// node; a long official name carries a region as well ("de-DE"), so that
// "BSI", which carries none, stays on the node in every language.
//
// Conventions inside them. A weak source carries the tag "weak", reliability E or
// F and credibility 4 or 5. A relation nobody stated but the editors drew
// carries the tag "inferred" and is spoken by urn:caveat:e:case-editors, unless
// the rule "same speaker" asks for the speaker of the claim. A claim with
// modality "denies" says that its content is not so. A claim that is a ruling or a
// contradiction by somebody points at the claim itself, so a dispute is told
// either by "kaspersky disputes k18" (the act k19) or, where one act bears on a
// second one as well, by a relation l-FROM-VERB-TO.
//
// # Schema
//
// schema.json has the shape of graphstore.Schema. A case extends it with the same
// shape in the field "schema" of its header line; a word with a known id replaces
// the built-in one, any other is added:
//
//	{"schema":{"kinds":[{"id":"cable","label":{"en":"cable"},"plural":{"en":"cables"},
//	 "icon":"service","shape":"diamond","light":"#466070","dark":"#9fb9c9"}]},
//	 "title":"Sea cables","type":"caveat","version":1}
//
// Labels may leave out languages (English stands in); "icon" names a file of
// icons/ without its ending; "shape" is disc, square, diamond or page;
// "half_life" of a basis is in days, absent where it does not age. The predicates
// "amounts-to" and "dated" are for values: one act, one figure or date as one
// source gives it.
//
// # Icons, fonts, texts
//
// icons/NAME.svg are line drawings on a 24 by 24 grid made of path (absolute
// M L H V C A Z), circle, rect and line, stroke width 1.75, round ends, no fill; every
// kind's icon is there. icons/caveat.svg and icon.png (512 by 512) are the
// program's own. fonts/ holds Inter, with its licence. translations/LANG.json are
// flat tables from key to text with {placeholders}; keys are sorted and all four
// languages have all of them.
package assets
