package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/disk"
	"golang.org/x/term"
)

// Messages follow these rules: "firsthand: error: ..." says what could not be
// done and with which file; "firsthand: hint: ..." says what to do about it;
// lower case, one line, no full stop. Text from files or names passes through
// shown, so that it can neither move the cursor nor turn the reading order.
type terminal struct {
	in       *os.File
	out      io.Writer
	err      io.Writer
	errIsTTY bool
	quiet    bool
}

func newTerminal(in, out, err *os.File) *terminal {
	return &terminal{in: in, out: &results{w: out}, err: err, errIsTTY: term.IsTerminal(int(err.Fd()))}
}

// results is where results go. What was not written is remembered, so that a
// command of which half went to a full disk does not pass for done.
type results struct {
	w   io.Writer
	err error
}

func (r *results) Write(b []byte) (int, error) {
	n, err := r.w.Write(b)
	if r.err == nil && err != nil {
		r.err = fmt.Errorf("write the results: %w", source.Reason(err))
	}
	return n, err
}

// Exit statuses.
const (
	exitDone      = 0
	exitFailed    = 1
	exitUsage     = 2
	exitIntegrity = 3
)

// usageError is a command line that cannot be carried out as written.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

func usagef(format string, a ...any) error { return usageError{fmt.Errorf(format, a...)} }

// hinted is an error with what to do about it.
type hinted struct {
	err  error
	hint string
}

func (e hinted) Error() string { return e.err.Error() }
func (e hinted) Unwrap() error { return e.err }

func withHint(err error, format string, a ...any) error {
	return hinted{err, fmt.Sprintf(format, a...)}
}

// report prints a command's error, if any, and gives the exit status.
func (t *terminal) report(ctx context.Context, err error) int {
	var (
		usage  usageError
		broken *custody.BrokenError
		hint   hinted
	)
	if r, ok := t.out.(*results); ok && r.err != nil && (err == nil || ctx.Err() == nil && errors.Is(err, errors.Unwrap(r.err))) {
		err = r.err
	}
	switch {
	case err == nil:
		return exitDone
	case ctx.Err() != nil && !errors.As(err, &broken):
		// Whatever went wrong is what stopping does to what was under way.
		t.note("stopped; what was done is kept, run the same command again to go on")
		return exitFailed
	}
	fmt.Fprintf(t.err, "firsthand: error: %s\n", shown(oneSentence(err)))
	if errors.As(err, &hint) {
		fmt.Fprintf(t.err, "firsthand: hint: %s\n", shown(hint.hint))
	} else if advice := disk.Advice(err); advice != "" {
		fmt.Fprintf(t.err, "firsthand: hint: %s\n", advice)
	}
	switch {
	case errors.As(err, &broken), notAsItSays(err):
		return exitIntegrity
	case errors.As(err, &usage):
		return exitUsage
	}
	return exitFailed
}

// oneSentence is what went wrong first, and after it what has another cause.
func oneSentence(err error) string {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok || len(joined.Unwrap()) == 0 || strings.Count(err.Error(), "\n") < len(joined.Unwrap())-1 {
		return err.Error()
	}
	var lines []string
	ofDisk := false
	for _, e := range joined.Unwrap() {
		if line := oneSentence(e); !slices.Contains(lines, line) && !(ofDisk && disk.Broken(e)) {
			lines = append(lines, line)
		}
		ofDisk = ofDisk || disk.Broken(e)
	}
	return strings.Join(lines, "; ")
}

// note tells the person something that is not a result.
func (t *terminal) note(format string, a ...any) {
	if !t.quiet {
		fmt.Fprintf(t.err, "firsthand: %s\n", shown(fmt.Sprintf(format, a...)))
	}
}

// printf writes a result line for people; text from outside goes through shown.
func (t *terminal) printf(format string, a ...any) { fmt.Fprintf(t.out, format, a...) }

// json writes one JSON object on one line.
func (t *terminal) json(v any) error {
	enc := json.NewEncoder(t.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// shown makes text from outside safe to print: control characters and the
// marks that turn reading direction become visible escapes.
func shown(s string) string {
	if !strings.ContainsFunc(s, unsafeRune) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if unsafeRune(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func unsafeRune(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}
