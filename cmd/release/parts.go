package main

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// part is something of others that is shipped.
type part struct {
	name    string
	version string
	licence string // an SPDX expression
	text    string // of the licence, whole
	kind    kind
	digest  string // of an npm package: its integrity, as in the lock
}

// kind says where a part comes from.
type kind int

const (
	module  kind = iota // of Go; which ones, and of which version, a program says itself
	library             // inside of a module, under a licence of its own
	npm                 // in the page
	data
)

//go:embed notices
var notices embed.FS

// gather finds everything that is shipped of others, with its licence. What has
// no licence that is known and goes with ours is an error.
func gather(ctx context.Context, r *room) ([]part, error) {
	dirs, err := moduleFolders(ctx, r)
	if err != nil {
		return nil, err
	}
	parts, err := modules(r, dirs)
	if err != nil {
		return nil, err
	}
	inside, err := byHand(ctx, r, dirs)
	if err != nil {
		return nil, err
	}
	page, err := pagePackages(filepath.Join(r.tree, uiFolder))
	if err != nil {
		return nil, err
	}
	parts = append(append(parts, inside...), page...)
	for _, p := range parts {
		if err := goesWithGPL(p.licence); err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
	}
	slices.SortFunc(parts, func(a, b part) int { return strings.Compare(a.name, b.name) })
	return parts, nil
}

// moduleFolders are the folders of all modules that a program of any target is
// built from, by a release or by a plain go build.
func moduleFolders(ctx context.Context, r *room) (map[string]string, error) {
	dirs := map[string]string{}
	for _, t := range allTargets {
		for _, tags := range []string{"", "nodynamic"} {
			out, err := r.run(ctx, []string{"GOOS=" + t.os, "GOARCH=" + t.arch, "CGO_ENABLED=0"}, ".", "go", "list", "-deps", "-tags", tags,
				"-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}", "./cmd/firsthand")
			if err != nil {
				return nil, err
			}
			for line := range strings.Lines(string(out)) {
				if name, dir, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
					dirs[name] = dir
				}
			}
		}
	}
	return dirs, nil
}

func modules(r *room, dirs map[string]string) ([]part, error) {
	var parts []part
	for _, name := range slices.Sorted(maps.Keys(dirs)) {
		if strings.HasPrefix(dirs[name], r.tree+string(filepath.Separator)) {
			parts = append(parts, part{name: name, licence: "GPL-3.0-or-later", text: "Replaced by a part of this program under the same name."})
			continue
		}
		licence, text, err := licenceOf(dirs[name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		parts = append(parts, part{name: name, licence: licence, text: text})
	}
	return parts, nil
}

// commandsOnly are packages that only the commands of others need, which are
// not in the page.
var commandsOnly = []string{"commander"}

// pagePackages are those that end in the page: what package.json names as
// dependencies, and what they need.
func pagePackages(ui string) ([]part, error) {
	text, err := os.ReadFile(filepath.Join(ui, "package-lock.json"))
	if err != nil {
		return nil, err
	}
	var lock struct {
		Packages map[string]struct {
			Version, Integrity, License string
			Dev, Optional               bool
		}
	}
	if err := json.Unmarshal(text, &lock); err != nil {
		return nil, fmt.Errorf("read package-lock.json: %w", err)
	}
	var parts []part
	for _, path := range slices.Sorted(maps.Keys(lock.Packages)) {
		p := lock.Packages[path]
		at := strings.LastIndex(path, "node_modules/")
		if at < 0 || p.Dev || p.Optional {
			continue
		}
		name := path[at+len("node_modules/"):]
		if slices.Contains(commandsOnly, name) {
			continue
		}
		licence, text, err := licenceOf(filepath.Join(ui, filepath.FromSlash(path)))
		if err != nil {
			return nil, fmt.Errorf("the package %s: %w", name, err)
		}
		if !strings.Contains(licence, p.License) {
			return nil, fmt.Errorf("the package %s says that it is under %s, and its file has %s", name, p.License, licence)
		}
		parts = append(parts, part{name: name, version: p.Version, licence: licence, text: text, kind: npm, digest: p.Integrity})
	}
	if len(parts) == 0 {
		return nil, errors.New("package-lock.json names no package of the page")
	}
	return parts, nil
}
