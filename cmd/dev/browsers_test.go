package main

import "testing"

// TestBrowserRowsTellFiguresOrWhyThereAreNone holds both kinds of answers of the script.
func TestBrowserRowsTellFiguresOrWhyThereAreNone(t *testing.T) {
	for said, want := range map[string]string{
		"warming up\n{\"lib\":\"vis\",\"n\":1000,\"frames\":60,\"mean_ms\":25,\"p50_ms\":24.4,\"p95_ms\":40,\"load_to_first_ms\":455}\n": "| vis | 1000 | 455 | 24 | 40 | 40.0 |",
		"{\"lib\":\"vis\",\"n\":1000,\"error\":\"timeout 45 s\"}":                                                                        "| vis | 1000 | timeout 45 s | | | |",
		"": "| vis | 1000 | no result | | | |",
	} {
		if got := browserRow("vis", 1000, said); got != want {
			t.Errorf("%q is %q, not %q", said, got, want)
		}
	}
}
