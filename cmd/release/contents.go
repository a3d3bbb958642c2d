package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// carried are the files of the tree that go into every archive.
var carried = map[string]string{
	"README.md": "README.md", "LICENSE": "LICENSE", "CHANGELOG.md": "CHANGELOG.md",
	"fixtures/workshop/GUIDE.md":    "guide/GUIDE.md",
	"fixtures/workshop/GUIDE.uk.md": "guide/GUIDE.uk.md",
	"fixtures/workshop/GUIDE.ar.md": "guide/GUIDE.ar.md",
}

// archive builds the program for a target, looks into it and packs it with what
// belongs to it.
func (r *room) archive(ctx context.Context, t target, s stamp, parts []part) (archive, error) {
	program, err := r.build(ctx, t, s)
	if err != nil {
		return archive{}, err
	}
	data, err := os.ReadFile(program)
	if err != nil {
		return archive{}, err
	}
	page, err := r.page()
	if err != nil {
		return archive{}, err
	}
	info, err := checkProgram(program, data, t, page)
	if err != nil {
		return archive{}, err
	}
	shipped, err := partsOf(info, parts)
	if err != nil {
		return archive{}, err
	}
	bom, err := sbom(t, s, data, shipped)
	if err != nil {
		return archive{}, err
	}
	if r.docs == nil {
		if err := r.writeDocs(ctx, s, page); err != nil {
			return archive{}, err
		}
	}
	entries := append(slices.Clone(r.docs),
		entry{name: t.program(), data: data, program: true},
		entry{name: "THIRD-PARTY.txt", data: thirdParty(shipped)},
		entry{name: "sbom.cdx.json", data: bom})
	for from, to := range carried {
		text, err := os.ReadFile(filepath.Join(r.tree, from))
		if err != nil {
			return archive{}, err
		}
		entries = append(entries, entry{name: to, data: text})
	}
	a := archive{entries: entries, programSize: len(data), sbom: bom}
	a.name, a.bytes, err = pack(t, fmt.Sprintf("%s-%s-%s", s.name(), t.os, t.arch), entries, s.at)
	return a, err
}

// writeDocs lets this machine's program write its manual pages and completions,
// and asks it for its page.
func (r *room) writeDocs(ctx context.Context, s stamp, page []entry) error {
	program, err := r.build(ctx, host(), s)
	if err != nil {
		return err
	}
	if err := checkServed(ctx, r, program, s, page); err != nil {
		return err
	}
	dir := filepath.Join(filepath.Dir(r.tree), "man")
	if _, err := r.run(ctx, nil, ".", program, "man", dir); err != nil {
		return err
	}
	docs, err := readFolder(dir, "man/man1")
	if err != nil {
		return err
	}
	for shell, name := range map[string]string{"bash": "firsthand.bash", "zsh": "_firsthand", "fish": "firsthand.fish", "powershell": "firsthand.ps1"} {
		script, err := r.run(ctx, nil, ".", program, "completion", shell)
		if err != nil {
			return err
		}
		docs = append(docs, entry{name: "completions/" + name, data: script})
	}
	r.docs = docs
	return nil
}
