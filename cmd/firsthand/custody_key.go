package main

import (
	"crypto/ed25519"
	"fmt"
	"strings"

	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/spf13/cobra"
)

func newKeyCommand(g *globalOptions) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "key",
		Short: "show your signing key, and write it for others",
		Long: `Shows the public half of the key that signs for you, in the forms that others
read. It is made when first needed and kept in your configuration folder, not in
any case; keep a copy of it in a safe place, and give it to nobody.

    firsthand custody key
    firsthand custody key --out my-keys

The key for countersigning goes with your name: --by. A checkpoint of a case
names the case instead: with --case, its form is shown as well.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return g.showKey(out) },
	}
	cmd.Flags().StringVar(&g.caseDir, "case", "", "the case folder, for the form in which it names the key")
	cmd.Flags().StringVar(&out, "out", "", "write the public key to files in a new folder")
	cmd.Flags().String("by", "", "your name")
	g.jsonFlag(cmd)
	return cmd
}

// keyLine is the one line of firsthand custody key --json.
type keyLine struct {
	File     string  `json:"file"` // of the private key
	Minisign string  `json:"minisign"`
	SSH      string  `json:"ssh"`
	Cosigner *string `json:"cosigner"` // C2SP verifier key for countersigning
	Note     *string `json:"note"`     // C2SP verifier key for the checkpoints of the case
}

func (g *globalOptions) showKey(out string) error {
	signer, err := userKey()
	if err != nil {
		return err
	}
	public, ok := signer.Public().(ed25519.PublicKey)
	if !ok {
		return fmt.Errorf("the signing key is %T", signer.Public())
	}
	path, err := userKeyFile()
	if err != nil {
		return err
	}
	comment := "firsthand"
	files := map[string][]byte{custody.MinisignKeyFile: custody.MinisignKey(public), custody.AllowedSignersFile: custody.AllowedSigners(public)}
	l := keyLine{File: path, Minisign: lastLine(files[custody.MinisignKeyFile])}
	if by := g.settings.string("by"); by != "" {
		cosigner, err := custody.NewCosigner(by, public)
		if err != nil {
			return err
		}
		text := cosigner.String()
		l.Cosigner, comment = &text, cosigner.Name()
		files[cosignerKeyFile] = []byte(text + "\n")
	}
	files[custody.SSHKeyFile] = custody.SSHKey(public, comment)
	l.SSH = lastLine(files[custody.SSHKeyFile])
	if g.caseDir != "" {
		if err := g.addNoteKey(public, files, &l); err != nil {
			return err
		}
	}
	if out != "" {
		if err := writeProofs(out, files); err != nil {
			return err
		}
	}
	if g.jsonOut {
		return g.term.json(l)
	}
	g.printKey(l, out)
	return nil
}

// cosignerKeyFile holds the key for countersigning beside the other forms.
const cosignerKeyFile = "keys/cosigner.pub"

func (g *globalOptions) addNoteKey(public ed25519.PublicKey, files map[string][]byte, l *keyLine) error {
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	forms, err := custody.KeyFiles(public, custody.Origin(file.Info().ID))
	if err != nil {
		return err
	}
	files[custody.NoteKeyFile] = forms[custody.NoteKeyFile]
	text := lastLine(forms[custody.NoteKeyFile])
	l.Note = &text
	return nil
}

func (g *globalOptions) printKey(l keyLine, out string) {
	g.term.printf("private key     %s\nminisign        %s\nOpenSSH         %s\n", shown(l.File), l.Minisign, shown(l.SSH))
	if l.Cosigner != nil {
		g.term.printf("countersigning  %s\n", shown(*l.Cosigner))
	}
	if l.Note != nil {
		g.term.printf("of this case    %s\n", *l.Note)
	}
	if out != "" {
		g.term.printf("written to %s\n", shown(out))
	}
}

// lastLine is the line that matters of a key file.
func lastLine(text []byte) string {
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return lines[len(lines)-1]
}
