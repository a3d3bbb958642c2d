package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// longestPassphraseFile is the most that is read for a passphrase, in bytes.
const longestPassphraseFile = 16 << 10

// passphraseFlag adds --passphrase-file. A passphrase is never an argument:
// other programs see the command line.
func passphraseFlag(cmd *cobra.Command, file *string, otherwise string) {
	cmd.Flags().StringVar(file, "passphrase-file", "", "file whose first line is the passphrase, - for stdin; without it "+otherwise)
}

// passphrase reads the first line of a file or of stdin, or asks for it at the
// terminal, where it is not shown.
func (g *globalOptions) passphrase(file string) (string, error) {
	var text string
	var err error
	switch fd := int(g.term.in.Fd()); {
	case file == "-" || file == "" && !term.IsTerminal(fd):
		text, err = firstLine(g.term.in)
	case file == "":
		text, err = g.askPassphrase(fd)
	default:
		text, err = passphraseIn(file)
	}
	if err != nil {
		return "", fmt.Errorf("read the passphrase: %w", err)
	}
	if text = strings.TrimSpace(text); text == "" {
		return "", withHint(errors.New("no passphrase was given"), "type it, or name a file that holds it with --passphrase-file")
	}
	return text, nil
}

func (g *globalOptions) askPassphrase(fd int) (string, error) {
	fmt.Fprint(g.term.err, g.said("workshop.cli.ask-passphrase")+" ")
	text, err := term.ReadPassword(fd)
	fmt.Fprintln(g.term.err)
	return string(text), err
}

func passphraseIn(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	return firstLine(f)
}

func firstLine(r io.Reader) (string, error) {
	lines := bufio.NewReader(io.LimitReader(r, longestPassphraseFile))
	text, err := lines.ReadString('\n')
	if errors.Is(err, io.EOF) {
		err = nil // a file may end without a line break
	}
	return text, err
}
