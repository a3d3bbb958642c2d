package main

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"aead.dev/minisign"
)

// publish writes the archives, their lists of parts and the sums of all of
// them, signed where there is a key. The folder holds one release: what an
// earlier one left there is removed first, and nothing else.
func publish(o order, s stamp, made []archive) error {
	var files []entry
	for _, a := range made {
		files = append(files, entry{name: a.name, data: a.bytes})
		base := strings.TrimSuffix(strings.TrimSuffix(a.name, ".zip"), ".tar.gz")
		files = append(files, entry{name: base + ".cdx.json", data: a.sbom})
	}
	sums := sumsOf(files, func(b []byte) string { return fmt.Sprintf("%x", sha256.Sum256(b)) })
	files = append(files,
		entry{name: "SHA512SUMS", data: sumsOf(files, func(b []byte) string { return fmt.Sprintf("%x", sha512.Sum512(b)) })},
		entry{name: "SHA256SUMS", data: sums})
	if o.key != "" {
		signature, err := sign(o.key, s, sums)
		if err != nil {
			return err
		}
		files = append(files, entry{name: "SHA256SUMS.minisig", data: signature})
	}
	if err := os.MkdirAll(o.out, 0o755); err != nil {
		return err
	}
	for _, pattern := range []string{"firsthand-*", "SHA*SUMS*"} {
		old, err := filepath.Glob(filepath.Join(o.out, pattern))
		if err != nil {
			return err
		}
		for _, p := range old {
			if err := os.Remove(p); err != nil {
				return err
			}
		}
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(o.out, f.name), f.data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// sumsOf is what sha256sum -c reads.
func sumsOf(files []entry, sum func([]byte) string) []byte {
	var b bytes.Buffer
	for _, f := range slices.SortedFunc(slices.Values(files), func(a, b entry) int { return strings.Compare(a.name, b.name) }) {
		fmt.Fprintf(&b, "%s  %s\n", sum(f.data), f.name)
	}
	return b.Bytes()
}

// sign signs the sums with a secret key of minisign; the comment, which the
// signature covers, names version and commit.
func sign(keyFile string, s stamp, sums []byte) ([]byte, error) {
	text, err := os.ReadFile(keyFile)
	if err != nil {
		return nil, fmt.Errorf("read the key: %w", err)
	}
	var key minisign.PrivateKey
	if minisign.IsEncrypted(text) {
		key, err = minisign.DecryptKey(os.Getenv("RELEASE_KEY_PASSWORD"), text)
	} else {
		err = key.UnmarshalText(text)
	}
	if err != nil {
		return nil, fmt.Errorf("open the key %s (RELEASE_KEY_PASSWORD holds its password): %w", keyFile, err)
	}
	trusted := fmt.Sprintf("firsthand %s, commit %s of %s", s.version, s.commit, s.date())
	return minisign.SignWithComments(key, sums, trusted, "sums of a release of Firsthand"), nil
}
