package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
)

// group is a set of Debian packages that one purpose needs.
type group struct {
	purpose string // completes "to ..."
	names   []string
}

// buildGroup compiles the window: Fyne reaches OpenGL, X11 and Wayland through cgo.
func buildGroup() group {
	return group{"build the window", []string{
		"gcc", "libc6-dev", "pkg-config", "libgl1-mesa-dev", "xorg-dev", "libwayland-dev", "libxkbcommon-dev",
	}}
}

// openGroup holds the libraries that the built window loads when it starts.
func openGroup() group {
	return group{"open the window", []string{
		"libgl1", "libgl1-mesa-dri", "libx11-6", "libwayland-client0", "libxcursor1", "libxrandr2",
		"libxinerama1", "libxi6", "libxxf86vm1", "libxkbcommon0",
	}}
}

// windowGroup is a display without a screen, a window manager and hands for the window tests.
func windowGroup() group {
	return group{"test the window without a screen", []string{"xvfb", "xauth", "openbox", "xdotool", "x11-utils"}}
}

// pictureGroup reads exported pictures and documents back.
func pictureGroup() group {
	return group{"check exported pictures and documents", []string{"imagemagick", "poppler-utils"}}
}

// lacking returns, in their order and once each, the packages of groups that
// are not among installed.
func lacking(groups []group, installed map[string]bool) []group {
	seen := make(map[string]bool)
	var short []group
	for _, g := range groups {
		var names []string
		for _, n := range g.names {
			if !installed[n] && !seen[n] {
				seen[n] = true
				names = append(names, n)
			}
		}
		if len(names) > 0 {
			short = append(short, group{g.purpose, names})
		}
	}
	return short
}

// allNames returns the package names of groups in order.
func allNames(groups []group) []string {
	var names []string
	for _, g := range groups {
		names = append(names, g.names...)
	}
	return names
}

// dpkgFormat makes dpkg-query print what parseInstalled reads.
const dpkgFormat = "${Package}\t${db:Status-Status}\n"

// parseInstalled reads dpkg-query's answer to dpkgFormat. A package that was
// removed but kept its settings, or was never set up, is not installed.
func parseInstalled(answer string) map[string]bool {
	installed := make(map[string]bool)
	for line := range strings.Lines(answer) {
		name, status, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if status == "installed" {
			installed[name] = true
		}
	}
	return installed
}

// power is the way to root's rights.
type power int

const (
	noPower   power = iota // neither root nor sudo
	asRoot                 // root already
	sudoAsks               // sudo, and a person who can type a password
	sudoQuiet              // sudo, and nobody there: it must not ask
)

// powerOf tells how programs can be run as root.
func powerOf(uid int, sudo, person bool) power {
	switch {
	case uid == 0:
		return asRoot
	case sudo && person:
		return sudoAsks
	case sudo:
		return sudoQuiet
	default:
		return noPower
	}
}

// prefix returns the words before a command that give it root's rights.
func (p power) prefix() []string {
	switch p {
	case sudoAsks:
		return []string{"sudo"}
	case sudoQuiet:
		return []string{"sudo", "-n"}
	default:
		return nil
	}
}

// aptPlan returns the commands that install names: fresh lists first, since a
// new machine has none, then the packages without what they only recommend.
// Neither asks anything, and both wait for another apt-get to end.
func aptPlan(names []string, p power) [][]string {
	if len(names) == 0 {
		return nil
	}
	apt := slices.Concat(p.prefix(), []string{
		"env", "DEBIAN_FRONTEND=noninteractive", "NEEDRESTART_SUSPEND=1",
		"apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3",
	})
	return [][]string{
		slices.Concat(apt, []string{"update"}),
		slices.Concat(apt, []string{"install", "-y", "--no-install-recommends"}, names),
	}
}

// aptLines takes apt-get's output, keeps all of it and shows the few lines that
// matter to somebody who waits.
type aptLines struct {
	show io.Writer
	all  bytes.Buffer
	line []byte // begun, not ended
}

// Write takes a piece of the output; it fails when nothing can be shown.
func (a *aptLines) Write(p []byte) (int, error) {
	a.all.Write(p)
	a.line = append(a.line, p...)
	for {
		i := bytes.IndexByte(a.line, '\n')
		if i < 0 {
			return len(p), nil
		}
		if tellsProgress(string(a.line[:i])) {
			if _, err := fmt.Fprintf(a.show, "  %s\n", a.line[:i]); err != nil {
				return len(p), err
			}
		}
		a.line = a.line[i+1:]
	}
}

// tellsProgress tells the lines of apt-get that are worth showing.
func tellsProgress(line string) bool {
	for _, start := range []string{"E: ", "W: ", "Err:", "Need to get ", "After this operation", "Fetched "} {
		if strings.HasPrefix(line, start) {
			return true
		}
	}
	return strings.Contains(line, " newly installed, ")
}

// announce says what will be installed and why.
func announce(short []group, plan [][]string) string {
	var b strings.Builder
	b.WriteString("This machine lacks some Debian packages. They are installed now (a minute or two):\n")
	for _, g := range short {
		fmt.Fprintf(&b, "  to %s: %s\n", g.purpose, strings.Join(g.names, " "))
	}
	b.WriteString("with:\n")
	for _, c := range plan {
		fmt.Fprintf(&b, "  %s\n", strings.Join(c, " "))
	}
	return b.String()
}

// byHand is the error for somebody who may not install: the command for somebody who may.
func byHand(short []group) error {
	return fmt.Errorf("this needs packages that only root can install, and there is no sudo here. As root, run:\n"+
		"  apt-get update && apt-get install -y --no-install-recommends %s\nand start this again", strings.Join(allNames(short), " "))
}

// advice is what to install on a system whose packages this tool leaves to its user.
func advice(goos string) string {
	switch goos {
	case "darwin":
		return "building the window needs Apple's command line tools (a C compiler and the system's headers). Install them with:\n" +
			"  xcode-select --install\nand start this again"
	case "windows":
		return "building the window needs a C compiler. Install MSYS2 and its mingw-w64 compiler:\n" +
			"  winget install MSYS2.MSYS2\n" +
			"  C:\\msys64\\usr\\bin\\bash -lc \"pacman -S --noconfirm mingw-w64-ucrt-x86_64-gcc\"\n" +
			"then add C:\\msys64\\ucrt64\\bin to PATH, open a new terminal and start this again"
	case "linux":
		return "this is no Debian or Ubuntu, so nothing is installed for you. Building the window needs a C compiler, pkg-config and\n" +
			"the headers of OpenGL, X11, Wayland and xkbcommon:\n" +
			"  Fedora: sudo dnf install gcc pkgconf mesa-libGL-devel libX11-devel libXcursor-devel libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel wayland-devel libxkbcommon-devel\n" +
			"  Arch:   sudo pacman -S --needed gcc pkgconf mesa libx11 libxcursor libxrandr libxinerama libxi libxxf86vm wayland libxkbcommon\n" +
			"  openSUSE: sudo zypper install gcc pkgconf Mesa-libGL-devel libX11-devel libXcursor-devel libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel wayland-devel libxkbcommon-devel\n" +
			"and start this again"
	default:
		return "building the window needs a C compiler, pkg-config and the headers of OpenGL and X11: install these and start this again"
	}
}
