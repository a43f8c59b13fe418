package main

import (
	"reflect"
	"strings"
	"testing"
)

func TestOnlyWhollyInstalledPackagesCount(t *testing.T) {
	got := parseInstalled("gcc\tinstalled\nxvfb\tconfig-files\nopenbox\tnot-installed\nlibx11-6\tinstalled\nlibx11-6\tinstalled\nxauth\thalf-configured\n\n")
	want := map[string]bool{"gcc": true, "libx11-6": true}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("installed = %v, want %v", got, want)
	}
}

func TestLackingKeepsOrderAndNamesEachOnce(t *testing.T) {
	groups := []group{{"build", []string{"gcc", "make", "x"}}, {"open", []string{"x", "y"}}, {"test", []string{"gcc"}}}
	got := lacking(groups, map[string]bool{"make": true})
	want := []group{{"build", []string{"gcc", "x"}}, {"open", []string{"y"}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("lacking = %v, want %v", got, want)
	}
	if got := lacking(groups, map[string]bool{"gcc": true, "make": true, "x": true, "y": true}); got != nil {
		t.Errorf("a complete machine lacks %v", got)
	}
}

func TestPowerOf(t *testing.T) {
	cases := []struct {
		uid          int
		sudo, person bool
		want         power
	}{
		{0, false, false, asRoot}, {0, true, true, asRoot},
		{1000, true, true, sudoAsks}, {1000, true, false, sudoQuiet},
		{1000, false, true, noPower}, {1000, false, false, noPower},
	}
	for _, c := range cases {
		if got := powerOf(c.uid, c.sudo, c.person); got != c.want {
			t.Errorf("powerOf(%d, %v, %v) = %v, want %v", c.uid, c.sudo, c.person, got, c.want)
		}
	}
}

func TestAptPlanRefreshesListsFirstAndNeverAsks(t *testing.T) {
	cases := []struct {
		p     power
		start string
	}{
		{asRoot, "env "}, {sudoAsks, "sudo env "}, {sudoQuiet, "sudo -n env "},
	}
	for _, c := range cases {
		plan := aptPlan([]string{"gcc", "xvfb"}, c.p)
		if len(plan) != 2 {
			t.Fatalf("plan has %d commands, want 2: %v", len(plan), plan)
		}
		update, install := strings.Join(plan[0], " "), strings.Join(plan[1], " ")
		for _, line := range []string{update, install} {
			if !strings.HasPrefix(line, c.start) {
				t.Errorf("%q does not start with %q", line, c.start)
			}
			if !strings.Contains(line, "DEBIAN_FRONTEND=noninteractive") {
				t.Errorf("%q might ask", line)
			}
		}
		if !strings.HasSuffix(update, " update") {
			t.Errorf("first command is %q, want an update", update)
		}
		if !strings.HasSuffix(install, " install -y --no-install-recommends gcc xvfb") {
			t.Errorf("second command is %q, want the installation of gcc and xvfb", install)
		}
	}
}

func TestAptPlanOfNothingIsEmpty(t *testing.T) {
	if plan := aptPlan(nil, asRoot); plan != nil {
		t.Errorf("plan = %v", plan)
	}
}

func TestEveryPackageIsAnnounced(t *testing.T) {
	groups := []group{buildGroup(), openGroup(), windowGroup(), pictureGroup()}
	said := announce(groups, aptPlan(allNames(groups), asRoot))
	for _, g := range groups {
		if !strings.Contains(said, "to "+g.purpose+": "+strings.Join(g.names, " ")+"\n") {
			t.Errorf("announcement lacks %q", g.purpose)
		}
	}
	if said := byHand(groups).Error(); !strings.Contains(said, strings.Join(allNames(groups), " ")) {
		t.Errorf("the command for root lacks packages: %s", said)
	}
}

func TestAdviceNamesACompiler(t *testing.T) {
	for goos, word := range map[string]string{"darwin": "xcode-select --install", "windows": "mingw-w64", "linux": "Fedora", "freebsd": "C compiler"} {
		if got := advice(goos); !strings.Contains(got, word) {
			t.Errorf("advice(%q) lacks %q: %s", goos, word, got)
		}
	}
}

func TestOfAptGetsLinesFewAreShownAndAllAreKept(t *testing.T) {
	var shown strings.Builder
	a := &aptLines{show: &shown}
	said := "Get:1 http://x gcc\n2 upgraded, 289 newly installed, 0 to remove\nNeed to get 176 MB of archives.\nSetting up gcc ...\nE: no more room\nlast"
	for i := range len(said) { // in the smallest pieces
		if n, err := a.Write([]byte(said[i : i+1])); n != 1 || err != nil {
			t.Fatal(n, err)
		}
	}
	if want := "  2 upgraded, 289 newly installed, 0 to remove\n  Need to get 176 MB of archives.\n  E: no more room\n"; shown.String() != want {
		t.Errorf("shown %q, want %q", shown.String(), want)
	}
	if a.all.String() != said {
		t.Errorf("kept %q", a.all.String())
	}
}
