package assets

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed samples/*.jsonl icons/*.svg translations/*.json
var files embed.FS

//go:embed schema.json
var schema []byte

//go:embed fonts/Inter-Regular.ttf
var regular []byte

//go:embed fonts/Inter-Bold.ttf
var bold []byte

//go:embed fonts/OFL.txt
var fontLicence string

//go:embed icon.png
var appIcon []byte

// Samples returns the names of the built-in cases, the one to show first first.
func Samples() []string { return []string{"kaspersky", "huawei", "hikvision"} }

// Sample returns the built-in case name as a canonical bundle (JSON Lines).
// The error lists the names there are.
func Sample(name string) ([]byte, error) {
	b, err := files.ReadFile("samples/" + name + ".jsonl")
	if err != nil {
		return nil, fmt.Errorf("there is no built-in case %q; there are %s", name, strings.Join(Samples(), ", "))
	}
	return b, nil
}

// Schema returns the built-in vocabulary as JSON in the shape of
// graphstore.Schema. The caller must not write to it.
func Schema() []byte { return schema }

// Icon returns the line icon name as SVG, 24 by 24 units; "caveat" is the
// program's own mark, 512 by 512 and filled.
func Icon(name string) ([]byte, error) {
	b, err := files.ReadFile("icons/" + name + ".svg")
	if err != nil {
		return nil, fmt.Errorf("there is no icon %q", name)
	}
	return b, nil
}

// Icons returns the names of all icons, sorted.
func Icons() []string {
	dir, err := files.ReadDir("icons")
	if err != nil {
		return nil
	}
	names := make([]string, 0, len(dir))
	for _, f := range dir {
		names = append(names, strings.TrimSuffix(f.Name(), ".svg"))
	}
	return names
}

// Font returns Inter as TrueType, regular or bold. The caller must not write
// to it.
func Font(isBold bool) []byte {
	if isBold {
		return bold
	}
	return regular
}

// FontLicence returns the licence text that goes with Font.
func FontLicence() string { return fontLicence }

// Translations returns the texts of the user interface in lang (en, nl, de,
// fr): a flat JSON object from key to text.
func Translations(lang string) ([]byte, error) {
	b, err := files.ReadFile("translations/" + lang + ".json")
	if err != nil {
		return nil, fmt.Errorf("there are no texts in %q", lang)
	}
	return b, nil
}

// AppIcon returns the program's icon as PNG, 512 by 512.
func AppIcon() []byte { return appIcon }
