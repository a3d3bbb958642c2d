package exchange

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
)

// howToVerify is VERIFY.txt: the stock commands that check this very bag.
func (b *bagExport) howToVerify() []byte {
	var t bytes.Buffer
	t.WriteString("How to check this bag with tools that are not ours. Run the commands in this\nfolder; each must end without an error.\n\n" +
		"Every file, by two families of checksums and by the rules of RFC 8493:\n\n" +
		"    sha256sum -c manifest-sha256.txt\n    sha256sum -c tagmanifest-sha256.txt\n    sha512sum -c manifest-sha512.txt\n    sha512sum -c tagmanifest-sha512.txt\n    bagit.py --validate .\n\n")
	head := b.c.Ledger.Head()
	if b.opt.Public {
		t.WriteString("The files in data/ are copies without metadata, so their checksums are not those\nof the originals; \"sha256\" in " + bagItems + " is that of the original.\n")
		if head.Size > 0 {
			fmt.Fprintf(&t, "\nThe signed state of the case when this was made is %s: %d entries,\nroot %s\n", bagCheckpoint, head.Size, head.Root)
		}
		return t.Bytes()
	}
	t.WriteString("An original is named after its SHA-256. Its name on disk, and all else that is\nknown of it, is in " + bagItems + ", one JSON object a line.\n\n")
	if slices.ContainsFunc(b.c.Items, func(it verify.Item) bool { return b.written[it.Digest] == "" }) {
		t.WriteString("Some originals were gone or had changed when the bag was made. They are not in\nit; their lines have \"object\": null and the reason.\n\n")
	}
	if head.Size > 0 {
		fmt.Fprintf(&t, "The ledger: %s has one entry a line, and %s is the signed\nstate of it, %d entries with the root\n\n    %s\n\n", bagEvents, bagCheckpoint, head.Size, head.Root)
		t.WriteString("The root is that of the Merkle tree of RFC 6962 over the lines without their line\nends; each entry also holds the root of all before it. The ledger is always that\nof the whole case: a part of it could not be checked. A text in " + bagTexts + "\nbelongs to its entry when HMAC-SHA256 with the salt is what the entry holds.\n\n")
	}
	t.WriteString(b.signatures())
	return t.Bytes()
}

// signatures gives a command for each signature that is in the bag.
func (b *bagExport) signatures() string {
	var out []string
	for _, f := range b.c.Ledger.Extra {
		switch dir := path.Dir(f.Name); {
		case f.Name == "ledger/checkpoint.minisig":
			out = append(out, "    minisign -V -p keys/minisign.pub -m ledger/checkpoint")
		case f.Name == "ledger/checkpoint.sshsig":
			out = append(out, "    ssh-keygen -Y verify -f keys/allowed_signers -I signer -n firsthand \\\n        -s ledger/checkpoint.sshsig < ledger/checkpoint")
		case strings.HasSuffix(f.Name, ".tsr"):
			out = append(out, fmt.Sprintf("    openssl ts -verify -data %s/checkpoint -in %s -CAfile AUTHORITY.pem", dir, f.Name))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "Who signed that state. The keys and the certificate of an authority have to be\nknown to you from elsewhere; else this only says that nothing changed since:\n\n" + strings.Join(out, "\n") + "\n"
}
