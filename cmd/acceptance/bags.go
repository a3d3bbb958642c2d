package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/firsthand-media/firsthand/verify/exchange"
)

// bags reads every bag of the Library of Congress conformance suite and demands
// the verdict that its folder is named after: valid, warning, invalid, and
// linux-only and windows-only, which are invalid there and, since what leads
// out of a folder anywhere is refused everywhere, here too.
func (r *run) bags() error {
	folders, err := filepath.Glob(filepath.Join(r.shared, "corpus/bagit-conformance/v*/*/*/bagit.txt"))
	if err != nil || len(folders) == 0 {
		return errors.Join(err, errors.New("the conformance suite of BagIt is not in the shared folder"))
	}
	slices.Sort(folders)
	wrong, elsewhere := []error{}, 0
	for _, f := range folders {
		dir := filepath.Dir(f)
		label := filepath.Base(filepath.Dir(dir))
		if label == runtime.GOOS+"-only" {
			label = "invalid"
		}
		if label == "windows-only" || label == "linux-only" {
			elsewhere++
			label = "invalid"
		}
		if err := judgeBag(dir, label); err != nil {
			wrong = append(wrong, err)
		}
	}
	fmt.Printf("\n== bags of the conformance suite: %d of %d as labelled (%d of them labelled for another system)\n", len(folders)-len(wrong), len(folders), elsewhere)
	return errors.Join(wrong...)
}

func judgeBag(dir, label string) error {
	bag, err := exchange.OpenBag(context.Background(), dir)
	if err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	defer bag.Close()
	verdict := "valid"
	switch {
	case len(bag.Errors) > 0:
		verdict = "invalid"
	case len(bag.Warnings) > 0:
		verdict = "warning"
	}
	// A bag that is labelled valid may be warned of: that is for people.
	if verdict == label || label == "valid" && verdict == "warning" {
		return nil
	}
	return fmt.Errorf("%s is labelled %s and was found %s: errors %q, warnings %q", dir, label, verdict, bag.Errors, bag.Warnings)
}
