package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// tool is another program, and where it comes from.
type tool struct {
	name    string   // of the program, or of the Python module
	version []string // arguments that make it say its version
	debian  string   // package, "" for none
	pip     string   // requirement, "" for none
	crate   string   // name@version, "" for none
}

// tools are all peers. Versions of what is not Debian's are pinned.
var tools = []tool{
	{name: "exiftool", version: []string{"-ver"}, debian: "libimage-exiftool-perl"},
	{name: "exiv2", version: []string{"--version"}, debian: "exiv2"},
	{name: "mediainfo", version: []string{"--Version"}, debian: "mediainfo"},
	{name: "findimagedupes", version: []string{"--version"}, debian: "findimagedupes"},
	{name: "czkawka_cli", version: []string{"--version"}, crate: "czkawka_cli@12.0.2"},
	{name: "pdqhash", pip: "pdqhash==0.2.8"},
	{name: "imagehash", pip: "imagehash==4.3.2"},
	{name: "ffmpeg", version: []string{"-version"}, debian: "ffmpeg"},
}

func toolNamed(name string) tool {
	for _, t := range tools {
		if t.name == name {
			return t
		}
	}
	panic("no tool is called " + name)
}

// find gives the path of a program, or of the Python that has a module.
func (b *bench) find(name string) (path string, ok bool) {
	t := toolNamed(name)
	if t.pip != "" {
		for _, python := range []string{filepath.Join(b.tools, "venv/bin/python"), "python3"} {
			if _, ok := asked(python, "-c", "import numpy, PIL, "+t.name); ok {
				return python, true
			}
		}
		return "", false
	}
	if path, err := exec.LookPath(t.name); err == nil {
		return path, true
	}
	path = filepath.Join(b.tools, "cargo/bin", t.name)
	if _, err := os.Stat(path); err == nil {
		return path, true
	}
	return "", false
}

// wanted is find with a word where there is nothing.
func (b *bench) wanted(name string) (path string, ok bool) {
	if path, ok = b.find(name); !ok {
		b.say("%s is not installed and left out (%s)", name, toolNamed(name).how())
	}
	return path, ok
}

// how says how a tool gets onto the machine.
func (t tool) how() string {
	switch {
	case t.debian != "":
		return "apt-get install " + t.debian
	case t.pip != "":
		return "pip install " + t.pip
	}
	return "cargo install --locked " + t.crate
}

// program is what was measured, with its version; Version is empty for what is
// not there.
type program struct{ Name, Version, Install string }

func (b *bench) versions() (out []program) {
	own, _ := asked(b.program, "version")
	out = append(out, program{"firsthand", strings.TrimPrefix(versionIn(own), "firsthand "), ""})
	for _, t := range tools {
		p := program{t.name, "", t.how()}
		if path, ok := b.find(t.name); ok {
			args := t.version
			if t.pip != "" {
				args = []string{"-c", "import importlib.metadata as m; print(m.version('" + t.name + "'))"}
			}
			said, _ := asked(path, args...)
			if p.Version = versionIn(said); p.Version == "" {
				p.Version = "unknown"
			}
		}
		out = append(out, p)
	}
	return out
}

var versionNumber = regexp.MustCompile(`\bv?(\d+\.\d+[0-9A-Za-z.+:~-]*)`)

// versionIn is the first thing in a program's words that looks like a version,
// else its first line.
func versionIn(said string) string {
	if m := versionNumber.FindStringSubmatch(said); m != nil {
		return m[1]
	}
	first, _, _ := strings.Cut(strings.TrimSpace(said), "\n")
	return first
}

// asked is what a program says at once.
func asked(path string, args ...string) (said string, ok bool) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	text, err := exec.CommandContext(ctx, path, args...).Output()
	return string(text), err == nil
}

// install fetches what is missing. What cannot be had is said, and left out.
func (b *bench) install() {
	for _, t := range tools {
		if _, ok := b.find(t.name); ok {
			continue
		}
		b.say("installing %s: %s", t.name, t.how())
		for _, args := range b.installing(t) {
			cmd := exec.Command(args[0], args[1:]...)
			cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
			if err := cmd.Run(); err != nil {
				b.say("%s: %v", strings.Join(args, " "), err)
				break
			}
		}
	}
}

// installing are the commands that install a tool; Debian's need root.
func (b *bench) installing(t tool) [][]string {
	venv := filepath.Join(b.tools, "venv")
	switch {
	case t.debian != "":
		return [][]string{{"apt-get", "install", "-y", t.debian}}
	case t.pip != "":
		return [][]string{
			{"python3", "-m", "venv", venv},
			{filepath.Join(venv, "bin/pip"), "install", "--quiet", t.pip},
		}
	}
	name, version, _ := strings.Cut(t.crate, "@")
	return [][]string{{"cargo", "install", "--locked", "--version", version, "--root", filepath.Join(b.tools, "cargo"), name}}
}
