package assets_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"caveat/assets"
)

// languages are those of the user interface.
var languages = []string{"de", "en", "fr", "nl"}

type schemaFile struct {
	Kinds []struct {
		ID, Icon, Shape, Light, Dark string
		Label, Plural                map[string]string
	}
	Predicates []struct {
		ID, Group     string
		Label         map[string]string
		Inverse       map[string]string
		Domain, Range []string
	}
	Positions []struct {
		Value             int
		Word, Light, Dark string
		Label             map[string]string
	}
	Bases, Modalities, Roles, Reliabilities, Credibilities, Markings []struct {
		ID    string
		Label map[string]string
	}
}

func schema(t *testing.T) *schemaFile {
	t.Helper()
	s := new(schemaFile)
	dec := json.NewDecoder(bytes.NewReader(assets.Schema()))
	if err := dec.Decode(s); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSchemaHasTheWordsOfTheProduct holds the built-in vocabulary to the
// tables of the design; "amounts-to" and "dated" are for literal values.
func TestSchemaHasTheWordsOfTheProduct(t *testing.T) {
	s := schema(t)
	var kinds, predicates, bases, modalities, roles, grades, marks []string
	for _, k := range s.Kinds {
		kinds = append(kinds, k.ID)
	}
	for _, p := range s.Predicates {
		predicates = append(predicates, p.ID)
	}
	for _, b := range s.Bases {
		bases = append(bases, b.ID)
	}
	for _, m := range s.Modalities {
		modalities = append(modalities, m.ID)
	}
	for _, r := range s.Roles {
		roles = append(roles, r.ID)
	}
	for _, r := range slices.Concat(s.Reliabilities, s.Credibilities) {
		grades = append(grades, r.ID)
	}
	for _, m := range s.Markings {
		marks = append(marks, m.ID)
	}
	equal := func(what string, have []string, want string) {
		check(t, slices.Equal(have, strings.Fields(want)), "%s are %v", what, have)
	}
	equal("kinds", kinds, "vendor product service component datacenter location jurisdiction person government regulator legislature court auditor standard media organisation law incident")
	equal("predicates", predicates, `makes part-of depends-on hosts operates located-in subject-to-law-of owns controls employs supplies uses certifies-against pays amounts-to dated
		takes-position-on attests audits sanctions restricts permits relies-on alleges relocates suspends-cooperation-with same-as
		supports disputes undercuts qualifies rebuts supersedes maintains retracts upholds overturns leaves-standing responds-to reports`)
	equal("bases", bases, "technical-finding incident-observed audit certification source-code-review ownership-control legal-exposure privileged-access geopolitical supply-continuity undisclosed-intelligence reliance-on-other-authority absence-of-evidence precaution court-ruling self-statement")
	equal("modalities", modalities, "states alleges denies predicts recommends orders")
	equal("roles", roles, "asserts documents mentions")
	equal("grades", grades, "A B C D E F 1 2 3 4 5 6")
	equal("markings", marks, "clear green amber amber+strict red")
	for i, p := range s.Positions {
		check(t, p.Value == 2-i, "position %d is %d", i, p.Value)
	}
	check(t, len(s.Positions) == 7, "%d positions", len(s.Positions))
}

func TestSchemaSpeaksFourLanguages(t *testing.T) {
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, x := range v {
				if k != "label" && k != "plural" && k != "inverse" {
					walk(path+"."+k, x)
					continue
				}
				texts, _ := x.(map[string]any)
				for _, l := range languages {
					s, _ := texts[l].(string)
					check(t, s != "" && s == strings.TrimSpace(s), "%s.%s has no %s", path, k, l)
				}
				check(t, len(texts) == len(languages), "%s.%s has %d languages", path, k, len(texts))
			}
		case []any:
			for i, x := range v {
				walk(path+"["+strconv.Itoa(i)+"]", x)
			}
		}
	}
	var v any
	if err := json.Unmarshal(assets.Schema(), &v); err != nil {
		t.Fatal(err)
	}
	walk("schema", v)
}

func TestSchemaNamesItsOwnKindsAndIcons(t *testing.T) {
	s := schema(t)
	var kinds []string
	for _, k := range s.Kinds {
		kinds = append(kinds, k.ID)
		_, err := assets.Icon(k.Icon)
		check(t, err == nil, "kind %s: %v", k.ID, err)
		check(t, slices.Contains([]string{"disc", "square", "diamond", "page"}, k.Shape), "kind %s: shape %q", k.ID, k.Shape)
	}
	for _, p := range s.Predicates {
		for _, k := range slices.Concat(p.Domain, p.Range) {
			check(t, slices.Contains(kinds, k), "predicate %s: kind %q", p.ID, k)
		}
		check(t, p.Group != "claims" || len(p.Domain)+len(p.Range) == 0, "predicate %s is between claims and has kinds", p.ID)
	}
}

// luminance is the relative luminance of #rrggbb (WCAG 2.1).
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if !regexp.MustCompile(`^#[0-9a-f]{6}$`).MatchString(hex) {
		t.Fatalf("colour %q", hex)
	}
	lin := func(s string) float64 {
		n, err := strconv.ParseUint(s, 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(hex[1:3]) + 0.7152*lin(hex[3:5]) + 0.0722*lin(hex[5:7])
}

func contrast(t *testing.T, a, b string) float64 {
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestColoursStandOut asks for the contrast that WCAG 2.1 wants of graphics
// (3:1), except of the two pale position colours that the design fixes.
func TestColoursStandOut(t *testing.T) {
	const paper, night = "#ffffff", "#1e2227"
	s := schema(t)
	seen := map[string]string{}
	for _, k := range s.Kinds {
		check(t, contrast(t, k.Light, paper) >= 4.5, "kind %s in light: %.1f", k.ID, contrast(t, k.Light, paper))
		check(t, contrast(t, k.Dark, night) >= 4.5, "kind %s in dark: %.1f", k.ID, contrast(t, k.Dark, night))
		check(t, seen[k.Light]+seen[k.Dark] == "", "kind %s has a colour of %s", k.ID, seen[k.Light]+seen[k.Dark])
		seen[k.Light], seen[k.Dark] = k.ID, k.ID
	}
	want := []string{"#2166ac", "#67a9cf", "#8a8a8a", "#f4a582", "#ef8a62", "#d6604d", "#b2182b"}
	for i, p := range s.Positions {
		check(t, p.Light == want[i], "position %d is %s", p.Value, p.Light)
		check(t, contrast(t, p.Dark, night) >= 4, "position %d in dark: %.1f", p.Value, contrast(t, p.Dark, night))
		for _, q := range s.Positions[:i] {
			check(t, distance(t, p.Dark, q.Dark) >= 8, "positions %d and %d look alike in dark: %.1f", p.Value, q.Value, distance(t, p.Dark, q.Dark))
		}
	}
}

// distance is how far two colours lie apart for the eye, CIE 1976 ΔE, at its
// worst over full colour vision, protanopia and deuteranopia (Viénot, Brettel,
// Mollon 1999).
func distance(t *testing.T, a, b string) float64 {
	t.Helper()
	worst := math.Inf(1)
	for _, m := range [][9]float64{
		{1, 0, 0, 0, 1, 0, 0, 0, 1},
		{0.11238, 0.88762, 0, 0.11238, 0.88762, 0, 0.00401, -0.00401, 1},
		{0.29275, 0.70725, 0, 0.29275, 0.70725, 0, -0.02234, 0.02234, 1},
	} {
		x, y := lab(t, a, m), lab(t, b, m)
		worst = min(worst, math.Sqrt((x[0]-y[0])*(x[0]-y[0])+(x[1]-y[1])*(x[1]-y[1])+(x[2]-y[2])*(x[2]-y[2])))
	}
	return worst
}

// lab converts #rrggbb, after applying m to its linear RGB, to CIE L*a*b* (D65).
func lab(t *testing.T, hex string, m [9]float64) [3]float64 {
	t.Helper()
	one := func(from, to int) float64 { // one channel, through luminance of a grey
		return luminance(t, "#"+strings.Repeat(hex[from:to], 3))
	}
	r, g, b := one(1, 3), one(3, 5), one(5, 7)
	r, g, b = m[0]*r+m[1]*g+m[2]*b, m[3]*r+m[4]*g+m[5]*b, m[6]*r+m[7]*g+m[8]*b
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	x := f((0.4124*r + 0.3576*g + 0.1805*b) / 0.9505)
	y := f(0.2126*r + 0.7152*g + 0.0722*b)
	z := f((0.0193*r + 0.1192*g + 0.9505*b) / 1.089)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func TestIconsAreLineDrawings(t *testing.T) {
	pathData := regexp.MustCompile(`^(([MLHVCAZ])( ?-?[0-9.]+)*( |$))+$`)
	needed := strings.Fields("fit zoom-in zoom-out pin search undo redo new-claim new-entity back forward filter path export settings warning lightning document claim map caveat")
	names := assets.Icons()
	for _, n := range needed {
		check(t, slices.Contains(names, n), "icon %s is missing", n)
	}
	for _, n := range names {
		if n == "caveat" {
			continue
		}
		svg, err := assets.Icon(n)
		if err != nil {
			t.Fatal(err)
		}
		shapes := 0
		dec := xml.NewDecoder(bytes.NewReader(svg))
		for {
			tok, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("icon %s: %v", n, err)
			}
			el, ok := tok.(xml.StartElement)
			if !ok {
				continue
			}
			attr := map[string]string{}
			for _, a := range el.Attr {
				attr[a.Name.Local] = a.Value
			}
			switch el.Name.Local {
			case "svg":
				check(t, attr["viewBox"] == "0 0 24 24" && attr["stroke-width"] == "1.75" && attr["fill"] == "none", "icon %s: %v", n, attr)
			case "path":
				shapes++
				check(t, pathData.MatchString(attr["d"]) && attr["d"][0] == 'M', "icon %s: path %q", n, attr["d"])
			case "circle", "rect", "line":
				shapes++
			default:
				t.Errorf("icon %s has a %s", n, el.Name.Local)
			}
		}
		check(t, shapes > 0, "icon %s is empty", n)
	}
	_, err := assets.Icon("nothing")
	check(t, err != nil, "an unknown icon is there")
}

func TestAppIconIsAPicture(t *testing.T) {
	img, err := png.Decode(bytes.NewReader(assets.AppIcon()))
	if err != nil {
		t.Fatal(err)
	}
	check(t, img.Bounds().Dx() == 512 && img.Bounds().Dy() == 512, "icon is %v", img.Bounds())
	_, _, _, corner := img.At(0, 0).RGBA()
	_, _, _, middle := img.At(256, 300).RGBA()
	check(t, corner == 0 && middle == 0xffff, "corner %d, middle %d", corner, middle)
}

func TestTranslationsAgree(t *testing.T) {
	hole := regexp.MustCompile(`\{[a-z_]+\}`)
	holes := func(s string) []string {
		h := hole.FindAllString(s, -1)
		slices.Sort(h)
		return slices.Compact(h)
	}
	load := func(lang string) (map[string]string, []byte) {
		raw, err := assets.Translations(lang)
		if err != nil {
			t.Fatal(err)
		}
		m := map[string]string{}
		if err := json.Unmarshal(raw, &m); err != nil {
			t.Fatalf("%s: %v", lang, err)
		}
		return m, raw
	}
	en, _ := load("en")
	for _, lang := range languages {
		m, _ := load(lang)
		for k, s := range en {
			check(t, m[k] != "", "%s lacks %q", lang, k)
			check(t, m[k] == "" || slices.Equal(holes(m[k]), holes(s)), "%s %q: %v, not %v", lang, k, holes(m[k]), holes(s))
		}
		for k := range m {
			check(t, en[k] != "", "%s has %q, English has not", lang, k)
			if base, ok := strings.CutSuffix(k, ".one"); ok {
				check(t, m[base+".other"] != "", "%s has %q without .other", lang, k)
			}
		}
	}
	_, err := assets.Translations("xx")
	check(t, err != nil, "an unknown language is there")
}

// TestFontsAreTrueType reads the table directory (OpenType 1.9, "Font
// tables") and asks for glyph outlines and a licence.
func TestFontsAreTrueType(t *testing.T) {
	total := 0
	for _, isBold := range []bool{false, true} {
		f := assets.Font(isBold)
		total += len(f)
		if len(f) < 12 || string(f[:4]) != "\x00\x01\x00\x00" {
			t.Fatalf("bold %v is no TrueType font", isBold)
		}
		tables := map[string]bool{}
		for i := range int(f[4])<<8 | int(f[5]) {
			tables[string(f[12+16*i:16+16*i])] = true
		}
		for _, tag := range []string{"glyf", "cmap", "hmtx", "GPOS"} {
			check(t, tables[tag], "bold %v has no table %s", isBold, tag)
		}
		check(t, !tables["fvar"], "bold %v is a variable font", isBold)
	}
	check(t, !bytes.Equal(assets.Font(true), assets.Font(false)), "regular and bold are one")
	check(t, total < 2<<20, "fonts take %d bytes", total)
	check(t, strings.Contains(assets.FontLicence(), "SIL OPEN FONT LICENSE"), "no licence")
}
