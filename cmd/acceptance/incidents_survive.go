package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
)

// decisions makes one decision of each kind in a copy of a scanned case. It
// demands that they show, that they and the incidents are byte for byte the
// same when everything was made anew and when files had gone and come back,
// that a contradiction is refused by name, and that taking all back gives the
// incidents as they were.
func (n *incidents) decisions(seed int) error {
	fmt.Printf("\n== decisions, seed %d\n", seed)
	c, err := n.smallCase(seed)
	if err != nil {
		return fmt.Errorf("decisions: %w", err)
	}
	if _, err := c.scan(c.folder(), n.flags(automatic)...); err != nil {
		return fmt.Errorf("decisions: %w", err)
	}
	d := decided{generated: c, flags: n.flags(automatic), dir: filepath.Join(n.work, "decided")}
	if err := os.CopyFS(d.dir, os.DirFS(c.folder())); err != nil {
		return fmt.Errorf("decisions: %w", err)
	}
	if err := d.measure(); err != nil {
		return fmt.Errorf("decisions: %w", err)
	}
	return failure("decisions", d.failed)
}

// decided is a case that decisions are made in.
type decided struct {
	generated
	flags  []string // of a scan
	dir    string
	made   []ruling
	failed []string
}

func (d *decided) measure() error {
	first, err := d.list("incidents")
	if err != nil {
		return err
	}
	if err := d.decide(); err != nil {
		return err
	}
	if err := d.survive(); err != nil {
		return err
	}
	if err := d.contradict(); err != nil {
		return err
	}
	return d.takeBack(first)
}

// say runs a command on the case and gives all that it wrote.
func (d *decided) say(args ...string) (string, error) {
	out, err := exec.Command(d.program, append(args, "--case", d.dir)...).CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%s: %w: %s", strings.Join(args, " "), err, bytes.TrimSpace(out))
	}
	return string(out), err
}

// decideOn runs a decision.
func (d *decided) decideOn(args ...string) (string, error) {
	return d.say(append(append([]string{"incident"}, args...), "--reason", "acceptance", "--by", "Ada")...)
}

// list gives a listing as it is written.
func (d *decided) list(listing ...string) ([]byte, error) {
	cmd := exec.Command(d.program, append(listing, "--json", "--case", d.dir)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", strings.Join(listing, " "), err)
	}
	return out, nil
}

// decide records the decisions, and wants each to show at once.
func (d *decided) decide() error {
	before, copies, err := d.read()
	if err != nil {
		return err
	}
	all, err := rulings(before, copies)
	if err != nil {
		return err
	}
	for _, r := range all {
		if _, err := d.decideOn(r.command...); err != nil {
			return err
		}
		d.made = append(d.made, r)
		if err := d.show(r.command[0]); err != nil {
			return err
		}
	}
	return nil
}

func (d *decided) read() (listing, map[string]string, error) {
	l, err := lines[verify.Incident](d.program, "incidents", "--case", d.dir)
	if err != nil {
		return nil, nil, err
	}
	clusters, err := lines[verify.Cluster](d.program, "duplicates", "--clusters", "--case", d.dir)
	return l, copiesOf(clusters), err
}

// show holds the listing against all decisions made so far.
func (d *decided) show(when string) error {
	l, _, err := d.read()
	if err != nil {
		return err
	}
	var lost []string
	for _, r := range d.made {
		if !r.holds(l) {
			lost = append(lost, strings.Join(r.command, " "))
		}
	}
	what := fmt.Sprintf("%s: %d of %d decisions show", when, len(d.made)-len(lost), len(d.made))
	if len(lost) > 0 {
		what += ", not " + strings.Join(lost, ", ")
	}
	d.judge(what, len(lost) == 0)
	return nil
}

func (d *decided) judge(what string, pass bool) {
	d.failed = append(d.failed, verdict(what, pass)...)
}

// survive makes everything anew, in two ways, and wants the same bytes.
func (d *decided) survive() error {
	incidents, err := d.list("incidents")
	if err != nil {
		return err
	}
	decisions, err := d.list("incident", "decisions")
	if err != nil {
		return err
	}
	same := func(when string) error {
		again, err := d.list("incidents")
		if err != nil {
			return err
		}
		kept, err := d.list("incident", "decisions")
		if err != nil {
			return err
		}
		d.judge(when+": the incidents are byte for byte the same", bytes.Equal(again, incidents))
		d.judge(when+": the decisions are byte for byte the same", bytes.Equal(kept, decisions))
		return nil
	}
	if _, err := d.say("group", "--grouping", balanced); err != nil {
		return err
	}
	if err := d.show("grouped by the other setting"); err != nil {
		return err
	}
	if _, err := d.say("group", "--grouping", automatic); err != nil {
		return err
	}
	if err := same("grouped anew"); err != nil {
		return err
	}
	if err := d.holdBack(10); err != nil {
		return errors.Join(err, d.putBack())
	}
	_, err = d.scan(d.dir, d.flags...)
	if err := errors.Join(err, d.putBack()); err != nil {
		return err
	}
	if _, err := d.scan(d.dir, d.flags...); err != nil {
		return err
	}
	return same("10 files gone and come back")
}

// contradict says that the two items that stand for merged incidents are of
// two. That must be refused and name the merge; where the newer one is to
// prevail, a finding names both.
func (d *decided) contradict() error {
	merge, err := d.lastEntry()
	if err != nil {
		return err
	}
	if len(merge.Items) == 0 || len(merge.Others) == 0 {
		return fmt.Errorf("entry %d does not name what was merged", merge.Entry)
	}
	against := []string{"not-same-incident", merge.Items[0], merge.Others[0]}
	said, err := d.decideOn(against...)
	var refused *exec.ExitError
	if err != nil && !errors.As(err, &refused) {
		return err
	}
	older := fmt.Sprintf("entry %d ", merge.Entry)
	d.judge(fmt.Sprintf("a decision against entry %d is refused and names it", merge.Entry), err != nil && strings.Contains(said, older))
	if _, err := d.decideOn(append(against, "--newer-wins")...); err != nil {
		return err
	}
	last, err := d.lastEntry()
	if err != nil {
		return err
	}
	newer := fmt.Sprintf("entry %d ", last.Entry)
	found, err := lines[verify.Finding](d.program, "findings", "--case", d.dir)
	if err != nil {
		return err
	}
	names := slices.ContainsFunc(found, func(f verify.Finding) bool {
		return f.Code == "decisions-conflict" && strings.Contains(f.Message, older) && strings.Contains(f.Message, newer)
	})
	d.judge(fmt.Sprintf("where the newer one prevails, a finding names entries %d and %d", merge.Entry, last.Entry), names)
	d.made = d.made[:len(d.made)-1]
	return d.show("with the newer one")
}

// decisionEntry is a decision as listed.
type decisionEntry struct {
	Entry  int64    `json:"entry"`
	Items  []string `json:"items"`
	Others []string `json:"others"`
}

func (d *decided) entries() ([]decisionEntry, error) {
	return lines[decisionEntry](d.program, "incident", "decisions", "--case", d.dir)
}

func (d *decided) lastEntry() (decisionEntry, error) {
	all, err := d.entries()
	if err != nil || len(all) == 0 {
		return decisionEntry{}, errors.Join(err, errors.New("no decision is listed"))
	}
	return all[len(all)-1], nil
}

// takeBack takes all decisions back, the last first, and wants the incidents
// as they were before the first.
func (d *decided) takeBack(first []byte) error {
	all, err := d.entries()
	if err != nil {
		return err
	}
	for _, e := range slices.Backward(all) {
		if _, err := d.decideOn("take-back", strconv.FormatInt(e.Entry, 10)); err != nil {
			return err
		}
	}
	now, err := d.list("incidents")
	if err != nil {
		return err
	}
	d.judge(fmt.Sprintf("all %d taken back: the incidents are byte for byte as before", len(all)), bytes.Equal(now, first))
	return nil
}
