package main

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/firsthand-media/firsthand/verify/disk"
)

// loadCase reads a case with its clocks understood as the settings say today.
func (g *globalOptions) loadCase(ctx context.Context, file *casefile.File) (desk.Loaded, error) {
	z, err := g.zones(ctx, file)
	if err != nil {
		return desk.Loaded{}, err
	}
	return desk.Load(ctx, file, z)
}

// readCase opens the case for reading: beside a running scan if there is one.
func (g *globalOptions) readCase() (*casefile.File, error) {
	return g.explain(casefile.Open(g.caseDir, casefile.Options{ReadOnly: true}))
}

// writeCase opens the case for decisions.
func (g *globalOptions) writeCase() (*casefile.File, error) {
	opt, err := g.writeOptions()
	if err != nil {
		return nil, err
	}
	return g.explain(casefile.Open(g.caseDir, opt))
}

func (g *globalOptions) createOrOpenCase() (*casefile.File, error) {
	opt, err := g.writeOptions()
	if err != nil {
		return nil, err
	}
	file, err := casefile.Open(g.caseDir, opt)
	if errors.Is(err, fs.ErrNotExist) {
		file, err = casefile.Create(g.caseDir, opt)
	}
	return g.explain(file, err)
}

func (g *globalOptions) writeOptions() (casefile.Options, error) {
	signer, err := userKey()
	if err != nil {
		return casefile.Options{}, err
	}
	host, _ := os.Hostname()
	return casefile.Options{
		Signer: signer, Actor: g.settings.string("by"), Machine: host, Tool: toolVersion(),
	}, nil
}

// explain adds what to do to the errors that a person can mend.
func (g *globalOptions) explain(file *casefile.File, err error) (*casefile.File, error) {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, withHint(fmt.Errorf("there is no case at %s", g.caseDir), "firsthand scan DIR... --case %s makes one", g.caseDir)
	case errors.Is(err, casefile.ErrLocked):
		return nil, withHint(err, "wait for the other command to end, or stop it")
	case errors.Is(err, casefile.ErrNewerSchema):
		return nil, withHint(err, "use the newer version of firsthand for this case")
	}
	return file, err
}

// userKey is the person's signing key. It is made on first use and kept in
// the configuration folder, never in the case: who holds the case alone cannot
// sign for its owner.
func userKey() (crypto.Signer, error) {
	path, err := userKeyFile()
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newUserKey(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read the signing key: %w", err)
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, withHint(fmt.Errorf("the signing key %s cannot be read", path), "put back a copy of it, or move it away to begin with a new key")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("read the signing key %s: %w", path, err)
	}
	signer, ok := key.(ed25519.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("the signing key %s is not an Ed25519 key", path)
	}
	return signer, nil
}

func userKeyFile() (string, error) {
	dir, err := userConfigDir()
	return filepath.Join(dir, "signing-key.pem"), err
}

func newUserKey(path string) (crypto.Signer, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make a signing key: %w", err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("make a signing key: %w", err)
	}
	if err := disk.MakeFolder(filepath.Dir(path)); err != nil {
		return nil, fmt.Errorf("keep the signing key: %w", err)
	}
	// Never over another, so that two first commands at once do not each make a key.
	err = disk.New(path, disk.Bytes(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))
	if errors.Is(err, fs.ErrExist) {
		return userKey()
	}
	if err != nil {
		return nil, fmt.Errorf("keep the signing key: %w", err)
	}
	return key, nil
}
