package ui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"caveat/app/editor"
	"caveat/app/words"
	"caveat/assets"
)

// calls returns the string literals that the sources below app/ui hand to
// functions that say something, with the name of the function.
func calls(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			lit, ok := call.Args[0].(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			if key, err := strconv.Unquote(lit.Value); err == nil {
				switch sel.Sel.Name {
				case "say", "Say":
					if strings.Contains(key, ".") && !strings.HasSuffix(key, ".") {
						out[key] = path
					}
				case "Count":
					out[key+".one"], out[key+".other"] = path, path
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// keysMade are keys that the window makes out of parts.
func keysMade() []string {
	var out []string
	for _, a := range editor.Actions() {
		if !strings.HasPrefix(a.Name, askPrefix) { // those are titled by their question
			out = append(out, "action."+a.Name)
		}
		out = append(out, "menu."+a.Menu)
	}
	for _, f := range faults {
		out = append(out, "error.what."+f.key, "error.do."+f.key)
	}
	for _, f := range editor.Formats() {
		out = append(out, "export.format."+f, "export.about."+f)
	}
	for _, l := range editor.Layouts() {
		out = append(out, "layout."+l, "layout."+l+".about")
	}
	for _, s := range assets.Samples() {
		out = append(out, "sample."+s+".title", "sample."+s+".text")
	}
	for _, p := range []string{"year", "month", "day", "circa"} {
		out = append(out, "precision."+p)
	}
	for _, s := range []string{"current", "superseded", "retracted", "expired"} {
		out = append(out, "claim.status."+s)
	}
	for _, k := range []string{"groups", "kinds", "positions", "predicates", "speakers", "views"} {
		out = append(out, "outline."+k)
	}
	for _, k := range namedKeys() {
		out = append(out, "key."+k)
	}
	for _, t := range []string{"system", "light", "dark", "contrast"} {
		out = append(out, "settings.theme."+t)
	}
	return out
}

// TestEveryTextIsInEveryLanguage holds for keys written out in the sources and for those made of parts.
func TestEveryTextIsInEveryLanguage(t *testing.T) {
	used := calls(t)
	if len(used) < 150 {
		t.Fatalf("found only %d texts in the sources", len(used))
	}
	for _, k := range keysMade() {
		used[k] = "made of parts"
	}
	for _, lang := range words.Languages() {
		table, err := words.Load(lang)
		if err != nil {
			t.Fatal(err)
		}
		for key, where := range used {
			if !table.Has(key) {
				t.Errorf("%s: no text for %q (%s)", lang, key, where)
			}
		}
	}
}

// TestKeysOfActionsAreKeys holds that every key of the action table can be pressed and means one thing.
func TestKeysOfActionsAreKeys(t *testing.T) {
	seen := map[string]string{}
	for _, a := range editor.Actions() {
		if a.Key == "" {
			continue
		}
		if other := seen[a.Key]; other != "" {
			t.Errorf("%s means %s and %s", a.Key, other, a.Name)
		}
		seen[a.Key] = a.Name
		if shortcut(a.Key) == nil {
			t.Errorf("%s of %s is no key", a.Key, a.Name)
		}
		if strings.Contains(a.Key, "Ctrl") && a.Plain {
			t.Errorf("%s of %s would not wait for the canvas", a.Key, a.Name)
		}
	}
}
