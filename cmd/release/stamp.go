package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// stamp is what a release says of itself, all of it from git, so that whoever
// has the commit gets the same.
type stamp struct {
	version  string // of the tag, as 1.2.0; else dev-<commit>
	commit   string
	at       time.Time // of the commit; no file of a release has another time
	modified bool      // the tree differs from the commit
}

func (s stamp) date() string { return s.at.Format(time.RFC3339) }

// name begins the names of the files of a release.
func (s stamp) name() string {
	if s.modified {
		return "firsthand-" + s.version + "-modified"
	}
	return "firsthand-" + s.version
}

// variables are what the linker writes into the program.
func (s stamp) variables() string {
	out := fmt.Sprintf("-X main.version=%s -X main.commit=%s -X main.commitDate=%s", s.version, s.commit, s.date())
	if s.modified {
		out += " -X main.modified=true"
	}
	return out
}

func readStamp(ctx context.Context, root string) (stamp, error) {
	var s stamp
	head, err := git(ctx, root, "log", "-1", "--format=%H %ct")
	if err != nil {
		return s, fmt.Errorf("a release is built from a git repository: %w", err)
	}
	var seconds string
	s.commit, seconds, _ = strings.Cut(strings.TrimSpace(head), " ")
	at, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil || len(s.commit) < 12 {
		return s, fmt.Errorf("git names the commit as %q", head)
	}
	s.at = time.Unix(at, 0).UTC()
	s.version = "dev-" + s.commit[:12]
	if tag, err := git(ctx, root, "describe", "--exact-match", "--tags", "--match", "v[0-9]*"); err == nil {
		s.version = strings.TrimPrefix(strings.TrimSpace(tag), "v")
	}
	changed, err := git(ctx, root, "status", "--porcelain")
	s.modified = changed != ""
	return s, err
}

func git(ctx context.Context, root string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", append([]string{"-C", root}, args...)...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w: %s", args[0], err, strings.TrimSpace(errs.String()))
	}
	return string(out), nil
}
