package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

// madeCases makes a case of each seed, scans it with the program as a person
// would, once for each setting, and scores what it lists.
func (n *incidents) madeCases(seeds []int, settings []setting) error {
	tables := make([]incidentTable, len(settings))
	for i, s := range settings {
		tables[i].setting = s.name
	}
	for _, seed := range seeds {
		c, err := n.smallCase(seed)
		if err != nil {
			return fmt.Errorf("incidents, seed %d: %w", seed, err)
		}
		for i, s := range settings {
			if _, err := n.scanAndScore(c, &tables[i], strconv.Itoa(seed), s.name); err != nil {
				return fmt.Errorf("incidents, seed %d, %s: %w", seed, s.name, err)
			}
		}
		fmt.Printf("seed %d is scanned\n", seed)
	}
	var failed []string
	for i := range tables {
		tables[i].print(n.wrong)
		failed = append(failed, tables[i].held()...)
	}
	return failure("incidents", failed)
}

// smallCase is the generator's default of one seed.
func (n *incidents) smallCase(seed int) (generated, error) {
	return n.makeCase(fmt.Sprintf("s%d", seed), "-photos", filepath.Join(n.shared, "corpus/photos"), "-seed", strconv.Itoa(seed))
}

// makeCase makes a case, unless it is there already.
func (n *incidents) makeCase(name string, args ...string) (generated, error) {
	c := generated{run: n.run, out: filepath.Join(n.made, name)}
	_, err := os.Stat(filepath.Join(c.out, "truth.csv"))
	if errors.Is(err, fs.ErrNotExist) {
		err = n.generate(c.out, args...)
	}
	return c, errors.Join(err, c.putBack()) // an earlier run may have been stopped
}

// folder of the case that the program makes.
func (c generated) folder() string { return filepath.Join(c.out, "fh") }

// scanAndScore scans a generated case under one setting, and adds what is
// listed then to a table. The generator's scorer must come to the same.
func (n *incidents) scanAndScore(c generated, t *incidentTable, name, grouping string) (scanned, error) {
	scan, err := c.scan(c.folder(), n.flags(grouping)...)
	if err != nil {
		return scan, err
	}
	truth, err := c.truth()
	if err != nil {
		return scan, err
	}
	incidents, err := lines[verify.Incident](c.program, "incidents", "--case", c.folder())
	if err != nil {
		return scan, err
	}
	clusters, err := lines[verify.Cluster](c.program, "duplicates", "--clusters", "--case", c.folder())
	if err != nil {
		return scan, err
	}
	placed := placements(incidents)
	took, _ := scan.grouping()
	t.add(name, scoredFiles(truth, placed), copiesOf(clusters), took)
	return scan, c.agrees(t.rows[len(t.rows)-1].score, truth, placed)
}

// flags of a scan under one setting.
func (n *incidents) flags(grouping string) []string {
	flags := []string{"--grouping", grouping}
	if n.zone != "" {
		flags = append(flags, "--zone", n.zone)
	}
	return flags
}

// grouping reads how long a scan took to group, from what it said at its end;
// not ok where the incidents of the scan before stood.
func (s scanned) grouping() (took time.Duration, ok bool) {
	found := regexp.MustCompile(`, grouping ([0-9][0-9.a-zµ]*)`).FindStringSubmatch(s.said)
	if found == nil {
		return 0, false
	}
	took, err := time.ParseDuration(found[1])
	return took, err == nil
}
