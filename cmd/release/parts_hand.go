package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// byHand are parts that no list of modules or packages has: what stands inside
// a module under a licence of its own, and data.
func byHand(ctx context.Context, r *room, dirs map[string]string) ([]part, error) {
	out, err := r.run(ctx, nil, ".", "go", "env", "GOVERSION", "GOROOT")
	if err != nil {
		return nil, err
	}
	goVersion, root, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	ffmpeg, err := notices.ReadFile("notices/ffmpeg.txt")
	if err != nil {
		return nil, err
	}
	pictures, err := exercisePictures(filepath.Join(r.tree, "fixtures", "MANIFEST.json"))
	if err != nil {
		return nil, err
	}
	heic, avif, sqlite := dirs["github.com/gen2brain/heic"], dirs["github.com/gen2brain/avif"], dirs["modernc.org/sqlite"]
	read := []struct {
		part
		files []string
	}{
		{part{name: "Go", version: goVersion, licence: "BSD-3-Clause"}, []string{filepath.Join(root, "LICENSE"), filepath.Join(root, "PATENTS")}},
		{part{name: "libheif and libde265 (in heic)", licence: "LGPL-3.0-or-later", text: "Decoders of HEIC pictures, compiled to WebAssembly. Sources: https://github.com/strukturag/libheif and https://github.com/strukturag/libde265."},
			[]string{filepath.Join(heic, "lib", "LICENSE.libheif")}}, // that of libde265 has the same words
		{part{name: "libavif and aom (in avif)", licence: "BSD-2-Clause AND Apache-2.0", text: "Decoders of AVIF pictures, compiled to WebAssembly. Sources: https://github.com/AOMediaCodec/libavif and https://aomedia.googlesource.com/aom."},
			[]string{filepath.Join(avif, "lib", "LICENSE.libavif"), filepath.Join(avif, "lib", "LICENSE.aom")}},
		{part{name: "SQLite (in modernc.org/sqlite)", licence: "blessing", text: "SQLite, translated to Go. Its authors disclaim copyright: https://sqlite.org/copyright.html."},
			[]string{filepath.Join(sqlite, "LICENSE-SQLITE")}},
	}
	parts := []part{
		{name: "FFmpeg (in go-ffmpreg)", version: "n5.1.8", licence: "GPL-3.0-or-later", kind: library, text: strings.TrimSpace(string(ffmpeg))},
		{name: "GeoNames", licence: "CC-BY-4.0", kind: data, text: "Names and positions of places: GeoNames, https://www.geonames.org, under the Creative Commons Attribution 4.0 licence, https://creativecommons.org/licenses/by/4.0/. Chosen and shortened for this program."},
		{name: "Natural Earth", licence: "LicenseRef-public-domain", kind: data, text: "Made with Natural Earth: land and borders. Free vector and raster map data at naturalearthdata.com, in the public domain."},
		pictures,
	}
	for _, p := range read {
		p.kind = library
		for _, file := range p.files {
			text, err := os.ReadFile(file)
			if err != nil {
				return nil, fmt.Errorf("the licence of %s: %w", p.name, err)
			}
			p.text = strings.TrimSpace(p.text + "\n\n----\n\n" + strings.TrimSpace(string(text)))
		}
		p.text = strings.TrimPrefix(p.text, "----\n\n")
		parts = append(parts, p.part)
	}
	return parts, nil
}

// exercisePictures are the pictures and videos of others in the exercises. Each
// licence and credit is of many files, which MANIFEST.json lists.
func exercisePictures(manifest string) (part, error) {
	p := part{name: "Pictures of the exercises", kind: data}
	text, err := os.ReadFile(manifest)
	if err != nil {
		return p, err
	}
	var m struct {
		Files []struct{ Path, Licence, Credit string }
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return p, fmt.Errorf("read %s: %w", manifest, err)
	}
	type work struct{ licence, credit string }
	count := map[work]int{}
	licences := map[string]bool{}
	for _, f := range m.Files {
		embedded := strings.HasPrefix(f.Path, "workshop/") || strings.HasPrefix(f.Path, "exercises/")
		if !embedded || f.Licence == "GPL-3.0-or-later" {
			continue
		}
		count[work{f.Licence, f.Credit}]++
		licences[f.Licence] = true
	}
	lines := []string{"Made from pictures and clips of others, cut, scaled, written over or put together, and listed file by file in fixtures/MANIFEST.json of the source:", ""}
	for _, w := range slices.SortedFunc(maps.Keys(count), func(a, b work) int {
		return cmp.Or(strings.Compare(a.licence, b.licence), strings.Compare(a.credit, b.credit))
	}) {
		lines = append(lines, fmt.Sprintf("%s: %s (files: %d)", w.licence, w.credit, count[w]))
	}
	lines = append(lines, "", "CC-BY-4.0: https://creativecommons.org/licenses/by/4.0/", "CC0-1.0: https://creativecommons.org/publicdomain/zero/1.0/")
	p.text = strings.Join(lines, "\n")
	for _, l := range slices.Sorted(maps.Keys(licences)) {
		if strings.Contains(l, " ") {
			l = "(" + l + ")"
		}
		p.licence = strings.TrimPrefix(p.licence+" AND "+l, " AND ")
	}
	return p, nil
}
