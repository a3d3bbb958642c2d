package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const mit = `Copyright (c) 2020 Somebody

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestLicencesAreKnownByTheirWords(t *testing.T) {
	gpl, err := os.ReadFile(filepath.Join("..", "..", "LICENSE"))
	if err != nil {
		t.Fatal(err)
	}
	for want, files := range map[string]map[string]string{
		"MIT":                  {"LICENSE": mit, "NOTICE": "Made by Somebody.", "LICENSE-LOGO": "all rights reserved"},
		"GPL-3.0-only":         {"COPYING.txt": string(gpl)},
		"GPL-3.0-only AND MIT": {"LICENSE.md": string(gpl), "copying": mit},
	} {
		got, text, err := licenceOf(folder(t, files))
		if err != nil || got != want {
			t.Errorf("%s is taken for %q (%v)", want, got, err)
		}
		if strings.Contains(text, "all rights reserved") || files["NOTICE"] != "" && !strings.Contains(text, "Made by Somebody") {
			t.Errorf("%s: the text has the licence of a logo, or no notice", want)
		}
	}
}

// A module without a licence, or with words that nobody knows, must not be
// shipped.
func TestWhatHasNoKnownLicenceIsRefused(t *testing.T) {
	for _, files := range []map[string]string{
		{"README.md": mit},
		{"LICENSE": ""},
		{"LICENSE": "You may look at this software, but only on Tuesdays."},
		{"LICENSE": mit + strings.Repeat("You must not use this software to make anything better than ours. ", 20)},
	} {
		if got, _, err := licenceOf(folder(t, files)); err == nil {
			t.Errorf("%.60q is taken for %q", files, got)
		}
	}
}

func TestWhatGoesWithGPL(t *testing.T) {
	for _, l := range []string{"MIT", "MIT AND ISC", "(Apache-2.0 OR MIT) AND CC-BY-4.0", "MPL-2.0"} {
		if err := goesWithGPL(l); err != nil {
			t.Error(err)
		}
	}
	for _, l := range []string{"", "GPL-2.0-only", "MIT AND CC-BY-NC-4.0", "BSD-4-Clause", "AGPL-3.0-only OR MIT"} {
		if goesWithGPL(l) == nil {
			t.Errorf("%q is said to go with GPL-3.0-or-later", l)
		}
	}
}

func TestPackagesOfThePageAreNotThoseOfItsTools(t *testing.T) {
	ui := folder(t, map[string]string{"package-lock.json": `{"packages": {
		"": {"version": "0"},
		"node_modules/shown": {"version": "1.2.3", "license": "MIT", "integrity": "sha512-x"},
		"node_modules/shown/node_modules/commander": {"version": "2.0.0", "license": "MIT"},
		"node_modules/tool": {"version": "9.9.9", "license": "MIT", "dev": true}}}`})
	at := filepath.Join(ui, "node_modules", "shown")
	if err := os.MkdirAll(at, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(at, "LICENSE"), []byte(mit), 0o644); err != nil {
		t.Fatal(err)
	}
	parts, err := pagePackages(ui)
	if err != nil || len(parts) != 1 || parts[0].name != "shown" || parts[0].version != "1.2.3" || parts[0].licence != "MIT" {
		t.Errorf("the page is said to hold %+v (%v)", parts, err)
	}
	if err := os.Remove(filepath.Join(at, "LICENSE")); err != nil {
		t.Fatal(err)
	}
	if _, err := pagePackages(ui); err == nil || !strings.Contains(err.Error(), "shown") {
		t.Errorf("a package without a licence gives %v", err)
	}
}
