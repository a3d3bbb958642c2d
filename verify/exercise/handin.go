package exercise

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/firsthand-media/firsthand/verify/custody"
)

// LargestHandIn is the most bytes that a hand-in can have.
const LargestHandIn = 1 << 20

// HandInSuffix ends the name of every file that holds a hand-in.
const HandInSuffix = ".answers.json"

// errNotHandIn is a file that this program did not write as a hand-in.
var errNotHandIn = errors.New("this is no file of answers as Firsthand writes it")

// ReadHandIn reads what a learner handed in. It takes what [HandIn.Write] writes
// and nothing else: a file that is longer than a mebibyte, has a key more, less
// or twice, or more after its end is refused. Whether the answers suit the
// exercise is for [HandIn.Check].
func ReadHandIn(r io.Reader) (HandIn, error) {
	h, err := readHandIn(r)
	if err != nil {
		return HandIn{}, fmt.Errorf("read answers: %w", err)
	}
	return h, nil
}

func readHandIn(r io.Reader) (HandIn, error) {
	var h HandIn
	data, err := io.ReadAll(io.LimitReader(r, LargestHandIn+1))
	if err != nil {
		return h, err
	}
	if len(data) > LargestHandIn {
		return h, fmt.Errorf("the file is larger than %d bytes", LargestHandIn)
	}
	got, err := custody.Canonical(data) // refuses doubled keys and what is no Unicode
	if err != nil {
		return h, fmt.Errorf("%w: %w", errNotHandIn, err)
	}
	if err := json.Unmarshal(data, &h); err != nil {
		return h, fmt.Errorf("%w: %w", errNotHandIn, err)
	}
	if want, err := h.canonical(); err != nil || !bytes.Equal(got, want) {
		return h, errNotHandIn
	}
	return h, h.check()
}

func (h HandIn) canonical() ([]byte, error) {
	data, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	return custody.Canonical(data)
}

// Write writes a hand-in as JSON that a person can read.
func (h HandIn) Write(w io.Writer) error {
	data, err := json.MarshalIndent(h, "", "  ")
	if err != nil {
		return fmt.Errorf("write answers: %w", err)
	}
	if _, err := w.Write(append(data, '\n')); err != nil {
		return fmt.Errorf("write answers: %w", err)
	}
	return nil
}

// FileName is a name for the file of a hand-in: the exercise, the learner's name
// as far as every system takes it, and digits by which those of two learners of
// one name differ.
func (h HandIn) FileName() string {
	words := strings.FieldsFunc(strings.ToLower(h.Name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	name := cmp.Or(strings.Join(words, "-"), "learner")
	return fmt.Sprintf("%s-%.32s-%.8s%s", h.Exercise, name, h.Ledger.Root, HandInSuffix)
}
