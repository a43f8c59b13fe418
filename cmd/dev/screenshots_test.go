package main

import (
	"image"
	"image/color"
	"strings"
	"testing"
)

func TestPixmapIsReadPixelByPixel(t *testing.T) {
	got, err := parsePPM(strings.NewReader("P6\n2 1\n255\n\x01\x02\x03\x0a\x20\xff"))
	if err != nil {
		t.Fatal(err)
	}
	if got.Bounds() != image.Rect(0, 0, 2, 1) || got.NRGBAAt(0, 0) != (color.NRGBA{1, 2, 3, 255}) || got.NRGBAAt(1, 0) != (color.NRGBA{10, 32, 255, 255}) {
		t.Errorf("picture = %v %v", got.Bounds(), got.Pix)
	}
	if got, err := parsePPM(strings.NewReader("P6\n1 1\n255\n\n \n")); err != nil || got.NRGBAAt(0, 0) != (color.NRGBA{'\n', ' ', '\n', 255}) {
		t.Errorf("pixels that look like white space: %v, %v", got, err)
	}
	for _, bad := range []string{"", "P5\n2 1\n255\n......", "P6\n2 1\n255\n....", "P6\n2 1\n65535\n............", "P6\n-2 1\n255\n......", "P6\n999999 999999\n255\n......"} {
		if _, err := parsePPM(strings.NewReader(bad)); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestAnEmptyWindowIsSeen(t *testing.T) {
	picture := image.NewNRGBA(image.Rect(0, 0, 3, 3))
	if !oneColour(picture) {
		t.Error("an empty picture was taken for a full one")
	}
	picture.SetNRGBA(2, 2, color.NRGBA{0, 0, 1, 255})
	if oneColour(picture) {
		t.Error("a picture with a dot was taken for an empty one")
	}
}

func TestShotsHaveNamesOfTheirOwn(t *testing.T) {
	seen := make(map[string]bool)
	for _, s := range shots() {
		if seen[s.name()] {
			t.Errorf("%s is taken twice", s.name())
		}
		seen[s.name()] = true
	}
	if got := shots()[0].name(); got != "1280x800@1-light.png" {
		t.Errorf("first picture is %s", got)
	}
}
