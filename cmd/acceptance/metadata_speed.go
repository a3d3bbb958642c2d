package main

import (
	"fmt"
	"io"
	"os/exec"
	"time"
)

// speed compares inspect with ExifTool on the same warm folder, in turns; the
// best of three counts. It is for people to read: a shared machine makes it
// move.
func (r *run) speed(folder string) error {
	tool, err := exec.LookPath("exiftool")
	if err != nil {
		fmt.Println("speed: not compared, exiftool is not installed")
		return nil
	}
	files, err := r.inspectFolder(folder)
	if err != nil {
		return err
	}
	ours, theirs := time.Duration(0), time.Duration(0)
	for range 3 {
		a, err := timed(r.program, "inspect", "--json", "--quiet", "--workers", "2", folder)
		if err != nil {
			return err
		}
		// Damaged files give ExifTool another exit status than 0.
		b, _ := timed(tool, "-G0:1", "-n", "-j", "-q", "-r", folder)
		ours, theirs = least(ours, a), least(theirs, b)
	}
	n := float64(len(files))
	fmt.Printf("speed, %d files: inspect with two workers %.0f files/s, exiftool %.0f files/s, ratio %.1f\n",
		len(files), n/ours.Seconds(), n/theirs.Seconds(), theirs.Seconds()/ours.Seconds())
	return nil
}

func timed(program string, args ...string) (time.Duration, error) {
	cmd := exec.Command(program, args...)
	cmd.Stdout = io.Discard
	began := time.Now()
	err := cmd.Run()
	if err != nil {
		err = fmt.Errorf("%s: %w", program, err)
	}
	return time.Since(began), err
}

func least(a, b time.Duration) time.Duration {
	if a == 0 {
		return b
	}
	return min(a, b)
}
