package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// compatible are the licences whose works may be part of a work under
// GPL-3.0-or-later (https://www.gnu.org/licenses/license-list.html), by their
// names in SPDX.
var compatible = []string{
	"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "blessing", "BSL-1.0", "CC0-1.0", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later", "ISC",
	"LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "MIT", "MPL-2.0", "Unicode-3.0", "Unlicense", "Zlib",
	"CC-BY-4.0", "LicenseRef-public-domain", // of data and pictures
}

// goesWithGPL says whether every licence of an expression, as "MIT AND ISC", is
// compatible. Of a choice, as "Apache-2.0 OR MIT", all are asked for, too.
func goesWithGPL(expression string) error {
	names := strings.FieldsFunc(expression, func(r rune) bool { return strings.ContainsRune(" ()", r) })
	for _, n := range names {
		if n != "AND" && n != "OR" && !slices.Contains(compatible, n) {
			return fmt.Errorf("the licence %s is not among those known to go with GPL-3.0-or-later", n)
		}
	}
	if len(names) == 0 {
		return fmt.Errorf("no licence is named")
	}
	return nil
}

var (
	licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|unlicense)(\.(txt|md))?$`)
	// besideFile is what has to be handed on, too: notices, grants of patents,
	// licences of parts. Nothing with a logo is shipped.
	besideFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)`)
	logoFile   = regexp.MustCompile(`(?i)logo`)
)

// leastKnown is how much of a licence's file has to be words of known licences;
// the rest is names, years and headings.
const leastKnown = 75

// licenceOf reads the licence of a module or package from the files in its
// folder.
func licenceOf(dir string) (licence, text string, err error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return "", "", err
	}
	var names, texts []string
	for _, f := range files {
		if !besideFile.MatchString(f.Name()) && !licenceFile.MatchString(f.Name()) || logoFile.MatchString(f.Name()) || f.IsDir() {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			return "", "", err
		}
		texts = append(texts, strings.TrimSpace(string(data)))
		if !licenceFile.MatchString(f.Name()) {
			continue
		}
		found, share := recognised(data)
		if share < leastKnown {
			return "", "", fmt.Errorf("%s is only to %.0f %% the text of licences that are known", f.Name(), share)
		}
		names = append(names, found...)
	}
	if len(names) == 0 {
		return "", "", fmt.Errorf("no file of a licence is there")
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), " AND "), strings.Join(texts, "\n\n----\n\n"), nil
}

// recognised names the licences whose words a text has, and how much of it
// they are, in percent.
func recognised(text []byte) (names []string, share float64) {
	found := licensecheck.Scan(text)
	for _, m := range found.Match {
		name := m.ID
		switch name {
		case "GPL-3.0", "LGPL-3.0": // the text alone does not say "or later"
			name += "-only"
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, found.Percent
}
