package workbench

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"runtime/debug"
	"slices"
	"strings"
)

// Built says whether this program holds the interface, or serves the plain
// pages alone.
func Built() bool {
	_, err := fs.Stat(dist, "dist/"+indexName)
	return err == nil
}

// shipped is what the settings show, too: cmd/release gathers it.
//
//go:embed ui/src/screens/settings/shipped.json
var shipped []byte

// Part is something of others that is in the program.
type Part struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Licence string `json:"licence"` // as SPDX writes it
	Text    string `json:"text"`    // of the licence, whole
}

// Shipped lists what is in the program of others, by name: the modules that it
// was built from, and what stands in them, in the page and in the data.
func Shipped() ([]Part, error) {
	var known map[string]struct {
		Version       *string // nil of a module, whose version the program knows
		Licence, Text string
	}
	if err := json.Unmarshal(shipped, &known); err != nil {
		return nil, fmt.Errorf("read the list of licences: %w", err)
	}
	var out []Part
	for name, k := range known {
		if k.Version != nil {
			out = append(out, Part{Name: name, Version: *k.Version, Licence: k.Licence, Text: k.Text})
		}
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			p := Part{Name: m.Path, Version: m.Version, Licence: "not known"}
			if k, ok := known[m.Path]; ok {
				p.Licence, p.Text = k.Licence, k.Text
			}
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b Part) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}
