package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/firsthand-media/firsthand/fixtures/usage"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/clock"
	"github.com/firsthand-media/firsthand/verify/incident"
	"github.com/firsthand-media/firsthand/verify/ingest"
)

// scannedCases groups cases that were scanned before, in this process: seconds
// for what takes a scan minutes. It cannot tell whether a scan reads the files
// as it should.
func (n *incidents) scannedCases(seeds []int, settings []setting) error {
	zone, err := n.location()
	if err != nil {
		return err
	}
	var failed []string
	for _, s := range settings {
		t := incidentTable{setting: s.name}
		for _, seed := range seeds {
			if _, err := n.addStored(&t, fmt.Sprint(seed), fmt.Sprintf("s%d", seed), s.params, zone); err != nil {
				return err
			}
		}
		t.print(n.wrong)
		failed = append(failed, t.held()...)
	}
	return failure("incidents", failed)
}

// scannedLarge does the same with the case of 20,000 files. Memory is all that
// this process took from the system, the case that it read among it.
func (n *incidents) scannedLarge(settings []setting) error {
	zone, err := n.location()
	if err != nil {
		return err
	}
	var failed []string
	var tables []incidentTable
	for _, s := range settings {
		t := incidentTable{setting: s.name}
		g, err := n.addStored(&t, "large", "large", s.params, zone)
		if err != nil {
			return err
		}
		t.print(n.wrong)
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		fmt.Printf("      %s: grouping took %.1f s of processor time\n", s.name, g.processor.Seconds())
		failed = append(failed, atMostTime(s.name+": grouping", g.took, mostGrouped)...)
		failed = append(failed, verdict(fmt.Sprintf("%s: memory: %d MB, at most %d MB", s.name, memory.Sys>>20, mostMemory>>20), memory.Sys <= mostMemory)...)
		tables = append(tables, t)
	}
	for _, s := range settings { // last, for it takes memory of its own
		more, err := n.groupMore(filepath.Join(n.cases, "large", "fh"), s.params, zone)
		if err != nil {
			return err
		}
		fmt.Printf("      %s: %d files more took %.2f s of processor time\n", s.name, addedFiles, more.processor.Seconds())
		if s.name == automatic {
			failed = append(failed, atMostTime(fmt.Sprintf("%s: grouping with %d files more", s.name, addedFiles), more.took, mostAdding)...)
		}
		failed = append(failed, verdict(s.name+": the same byte for byte without what the run before left", more.same)...)
	}
	return failure("large case", append(failed, largeHeld(tables)...))
}

// groupedMore is a stored case that was grouped without some of its files and
// then with them.
type groupedMore struct {
	took, processor time.Duration // of the second grouping
	same            bool          // it gives what it gives without a memory of the first
}

// groupMore groups a stored case without some of its files, evenly spread, and
// then with them, by what the first run left.
func (n *incidents) groupMore(folder string, p incident.Params, zone *time.Location) (more groupedMore, err error) {
	ctx := context.Background()
	file, err := n.openStored(folder)
	if err != nil {
		return more, err
	}
	defer file.Close()
	in, err := ingest.Input(ctx, file, ingest.Options{Grouping: p, Zones: clock.Zones{Case: zone}})
	if err != nil {
		return more, err
	}
	in.Previous, in.Retired, in.Memory, in.Standing = nil, nil, nil, nil
	less := in
	less.Items = nil
	step := max(len(in.Items)/addedFiles, 1)
	for i, it := range in.Items {
		if i%step != 0 || i/step >= addedFiles {
			less.Items = append(less.Items, it)
		}
	}
	first, err := incident.Group(ctx, less, p)
	if err != nil {
		return more, err
	}
	in.Statistics = first.Statistics
	fresh, err := incident.Group(ctx, in, p)
	if err != nil {
		return more, err
	}
	in.Memory, in.Standing = first.Memory, first.Incidents
	began, used := time.Now(), usage.OwnProcessor()
	again, err := incident.Group(ctx, in, p)
	if err != nil {
		return more, err
	}
	more.took, more.processor = time.Since(began), usage.OwnProcessor()-used
	a, err := json.Marshal(again.Incidents)
	b, err2 := json.Marshal(fresh.Incidents)
	more.same = bytes.Equal(a, b)
	return more, errors.Join(err, err2)
}

// addStored groups one case and adds its figures.
func (n *incidents) addStored(t *incidentTable, name, folder string, p incident.Params, zone *time.Location) (g regrouped, err error) {
	folder = filepath.Join(n.cases, folder)
	truth, err := readTruth(filepath.Join(folder, "truth.csv"))
	if err != nil {
		return g, fmt.Errorf("incidents, %s: %w", name, err)
	}
	if g, err = n.groupStored(filepath.Join(folder, "fh"), p, zone); err != nil {
		return g, fmt.Errorf("incidents, %s: %w", name, err)
	}
	t.add(name, scoredFiles(truth, placements(g.incidents)), g.copies, g.took)
	return g, nil
}

func (n *incidents) location() (*time.Location, error) {
	if n.zone == "" {
		return nil, nil
	}
	zone, err := time.LoadLocation(n.zone)
	if err != nil {
		return nil, fmt.Errorf("-zone %s: %w", n.zone, err)
	}
	return zone, nil
}

// regrouped is a stored case that was grouped in this process.
type regrouped struct {
	incidents []verify.Incident
	copies    map[string]string // cluster of likeness by path
	took      time.Duration     // of the grouping, without reading the case
	processor time.Duration     // of it
}

// groupStored groups what a case holds and leaves the case as it is.
func (n *incidents) groupStored(folder string, p incident.Params, zone *time.Location) (g regrouped, err error) {
	ctx := context.Background()
	file, err := n.openStored(folder)
	if err != nil {
		return g, err
	}
	defer file.Close()
	in, err := ingest.Input(ctx, file, ingest.Options{Grouping: p, Zones: clock.Zones{Case: zone}})
	if err != nil {
		return g, err
	}
	began, used := time.Now(), usage.OwnProcessor()
	res, err := incident.Group(ctx, in, p)
	return regrouped{res.Incidents, copiesOf(in.Clusters), time.Since(began), usage.OwnProcessor() - used}, err
}

// copiesOf names what one decision moves at once: sightings of one item, and
// items that are copies of one another.
func copiesOf(clusters []verify.Cluster) map[string]string {
	copies := map[string]string{}
	for _, c := range clusters {
		for _, path := range c.Members {
			copies[path] = c.ID
		}
	}
	return copies
}

// openStored opens a case for reading; one of an older version is copied, and
// the copy upgraded.
func (n *incidents) openStored(folder string) (*casefile.File, error) {
	file, err := casefile.Open(folder, casefile.Options{ReadOnly: true})
	if !errors.Is(err, casefile.ErrOlderSchema) {
		return file, err
	}
	into, err := os.MkdirTemp(n.work, "older-")
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"case.db", "checkpoints.txt"} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(into, name), text, 0o600); err != nil {
			return nil, err
		}
	}
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	return casefile.Open(into, casefile.Options{Signer: key, Actor: "acceptance"})
}
