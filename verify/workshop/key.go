package workshop

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"

	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/exercise"
)

// workFactor is the logarithm of the work of one guess at a passphrase, as
// scrypt counts it: about a second and 256 MiB. A key that asks for more is not
// opened, for that is how a stranger's file would stop a laptop.
const workFactor = 18

// padding is what the length of a key is a multiple of, in bytes. It is larger
// than most keys, so that their length says nothing of what is in them.
const padding = 64 << 10

// seal encrypts a key with a passphrase in its plain form.
func seal(k exercise.Key, passphrase string, workFactor int) ([]byte, error) {
	text, err := encode(k)
	if err != nil {
		return nil, err
	}
	if rest := len(text) % padding; rest > 0 {
		text = append(text, bytes.Repeat([]byte{' '}, padding-rest)...)
	}
	if len(text) > largestKey {
		return nil, fmt.Errorf("the key has more than %d MB", largestKey>>20)
	}
	to, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, err
	}
	to.SetWorkFactor(workFactor)
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, to)
	if err != nil {
		return nil, err
	}
	_, err = w.Write(text)
	if err = errors.Join(err, w.Close()); err != nil { // only now all of it is there
		return nil, err
	}
	return sealed.Bytes(), nil
}

// Unseal opens the key. The error is [ErrPassphrase] for one that does not open
// it, and [ErrOtherPack] for the key of another pack, which somebody laid into
// this one. It takes about a second.
func (p *Pack) Unseal(passphrase string) (exercise.Key, error) {
	k, err := p.unseal(plainPassphrase(passphrase))
	if err != nil {
		return exercise.Key{}, fmt.Errorf("open the key of exercise %s: %w", p.exercise.ID, err)
	}
	return k, nil
}

func (p *Pack) unseal(passphrase string) (k exercise.Key, err error) {
	if passphrase == "" {
		return k, ErrPassphrase
	}
	by, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return k, err
	}
	by.SetMaxWorkFactor(workFactor)
	r, err := age.Decrypt(bytes.NewReader(p.sealed), by)
	if err != nil {
		if errors.Is(err, age.ErrIncorrectIdentity) && sealedByPassphrase(p.sealed) {
			return k, ErrPassphrase
		}
		return k, fmt.Errorf("%s cannot be read: %w", keyName, err)
	}
	text, err := readAll(r, largestKey)
	if err != nil {
		return k, fmt.Errorf("%s cannot be read: %w", keyName, err)
	}
	if err := decodeStrictly(text, &k); err != nil {
		return k, fmt.Errorf("%s: %w", keyName, err)
	}
	if k.Pack != p.digest {
		return k, ErrOtherPack
	}
	return k, k.Check(&p.exercise)
}

// sealedByPassphrase says whether a file is one that a passphrase opens.
func sealedByPassphrase(sealed []byte) bool {
	return bytes.HasPrefix(sealed, []byte("age-encryption.org/v1\n-> scrypt "))
}

// decodeStrictly reads JSON in which nothing stands twice, is unknown or lies
// deeper than it can.
func decodeStrictly(text []byte, into any) error {
	if _, err := custody.Canonical(text); err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is more after its end")
	}
	return nil
}
