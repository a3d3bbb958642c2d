package main

import (
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify/incident"
)

// incidents measures how well files are grouped into incidents, on cases whose
// truth the generator writes beside them.
type incidents struct {
	*run
	cases  string // folder of cases scanned before, "" to make and scan them
	made   string // folder that generated cases are left in, "" for none
	params string // automatic, balanced or both
	zone   string
	wrong  bool // list what is not grouped as in truth
	parts  string
}

func incidentFlags() *incidents {
	n := &incidents{}
	flag.StringVar(&n.cases, "cases", "", "incidents: group the cases scanned before in this folder (sN/fh, sN/truth.csv), in this process, and scan nothing")
	flag.StringVar(&n.made, "made", "", "incidents: leave generated cases in this folder, and take those that are there")
	flag.StringVar(&n.params, "params", "both", "incidents: the setting to measure: automatic, balanced or both")
	flag.StringVar(&n.zone, "zone", "", "incidents: zone of clocks that state none, as Europe/Kyiv")
	flag.BoolVar(&n.wrong, "wrong", false, "incidents: list what is not grouped as in truth, case by case")
	flag.StringVar(&n.parts, "grouped", "", "incidents: what to measure of cases, decisions and large, separated by commas; all when not given, and only cases with -cases")
	return n
}

// setting is one way to group.
type setting struct {
	name   string
	params incident.Params
}

func (n *incidents) settings() ([]setting, error) {
	all := []setting{{automatic, incident.Automatic()}, {balanced, incident.Balanced()}}
	if n.params == "both" {
		return all, nil
	}
	i := slices.IndexFunc(all, func(s setting) bool { return s.name == n.params })
	if i < 0 {
		return nil, fmt.Errorf("-params %s: automatic, balanced or both is needed", n.params)
	}
	return all[i : i+1], nil
}

// The settings that the program has.
const (
	automatic = "automatic"
	balanced  = "balanced"
)

// judgedSeeds are the cases that the bounds are for, and learntFrom those that
// weights and thresholds were chosen on.
var (
	judgedSeeds = []int{11, 12, 13, 14, 15, 16, 17, 18, 19, 20}
	learntFrom  = []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40}
)

// measure runs all parts, and gives what failed of all. A quick run takes one
// case, and a case scanned before is grouped in this process.
func (n *incidents) measure(r *run, quick bool, seeds []int) (err error) {
	n.run = r
	if len(seeds) == 0 {
		seeds = judgedSeeds
	}
	if quick {
		seeds = seeds[:1]
	}
	for _, seed := range seeds {
		if slices.Contains(learntFrom, seed) {
			fmt.Printf("\nweights were chosen on seed %d among others: what follows is no test of them\n", seed)
			break
		}
	}
	settings, err := n.settings()
	if err != nil {
		return err
	}
	if n.made == "" {
		n.made = n.work
	}
	if n.made, err = filepath.Abs(n.made); err != nil {
		return err
	}
	parts := map[string]func() error{
		"cases":     func() error { return n.madeCases(seeds, settings) },
		"decisions": func() error { return n.decisions(seeds[0]) },
		"large":     n.largeCase,
	}
	chosen := strings.Split(n.parts, ",")
	if n.parts == "" {
		chosen = []string{"cases", "decisions", "large"}
		if quick {
			chosen = chosen[:2]
		}
	}
	if n.cases != "" {
		parts = map[string]func() error{
			"cases": func() error { return n.scannedCases(seeds, settings) },
			"large": func() error { return n.scannedLarge(settings) },
		}
		if n.parts == "" {
			chosen = chosen[:1]
		}
	}
	var failed []error
	for _, name := range chosen {
		part, ok := parts[name]
		if !ok {
			return fmt.Errorf("-grouped %s: there is no part %q", n.parts, name)
		}
		failed = append(failed, part())
	}
	return errors.Join(failed...)
}
