package workshop

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// ErrWeakPassphrase is a passphrase that a program would guess.
var ErrWeakPassphrase = errors.New("the passphrase is too weak")

// Passphrases that are made: groups of letters that are not taken for one
// another, by ear or on paper, and form no words; 86 bits of chance.
const (
	letters = "bcdfghjkmnpqrstvwxyz"
	groups  = 5
	inGroup = 4
)

// NewPassphrase makes a passphrase that nobody can guess, to be told aloud at
// the end of an exercise: five groups of four letters.
func NewPassphrase() (string, error) {
	var b strings.Builder
	for n := 0; n < groups*inGroup; {
		var chance [1]byte
		if _, err := rand.Read(chance[:]); err != nil {
			return "", fmt.Errorf("make a passphrase: %w", err)
		}
		if int(chance[0]) >= 256/len(letters)*len(letters) {
			continue // else the first letters would come more often
		}
		if n > 0 && n%inGroup == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(letters[int(chance[0])%len(letters)])
		n++
	}
	return b.String(), nil
}

// plainPassphrase is the form in which a passphrase is used: small letters
// without spaces and hyphens, so that one that is told aloud opens the key
// however it is typed.
func plainPassphrase(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) {
			return -1
		}
		return r
	}, norm.NFKC.String(cases.Fold().String(norm.NFKC.String(s))))
}

// Bounds of passphrases, in characters of their plain form.
const (
	shortestPassphrase = 14
	longestPassphrase  = 1000
	fewestDifferent    = 7
)

// CheckPassphrase refuses a passphrase that a program would guess: too short, of
// too few different characters, a row of the alphabet or of digits, or made of
// what the exercise is called. It cannot tell that a long one is a known
// sentence. The error is [ErrWeakPassphrase] with what to do.
func CheckPassphrase(passphrase string, about ...string) error {
	plain := plainPassphrase(passphrase)
	rest := plain
	for _, a := range about {
		if a = plainPassphrase(a); utf8.RuneCountInString(a) >= 4 {
			rest = strings.ReplaceAll(rest, a, "")
		}
	}
	different := map[rune]bool{}
	for _, r := range rest {
		different[r] = true
	}
	why := ""
	switch n := utf8.RuneCountInString(rest); {
	case !utf8.ValidString(passphrase) || strings.ContainsFunc(plain, unicode.IsControl):
		why = "it holds characters that nobody can type"
	case utf8.RuneCountInString(plain) > longestPassphrase:
		why = fmt.Sprintf("it has more than %d characters", longestPassphrase)
	case n < shortestPassphrase:
		why = fmt.Sprintf("spaces, hyphens and the exercise's own name aside it has %d characters, of %d at least", n, shortestPassphrase)
	case len(different) < fewestDifferent:
		why = fmt.Sprintf("it has %d different characters, of %d at least", len(different), fewestDifferent)
	case inRow(rest) > n/2:
		why = "half of it is characters in a row, as abcd or 1234"
	case repeats(rest):
		why = "it says the same several times"
	}
	if why != "" {
		return fmt.Errorf("%w: %s; take several words that do not belong together, or let one be made", ErrWeakPassphrase, why)
	}
	return nil
}

// inRow counts the characters that follow from the one before: the same, the
// next or the last of the alphabet, or the neighbour on the keyboard.
func inRow(s string) int {
	const keyboard = "1234567890qwertyuiopasdfghjklzxcvbnm"
	n, before := 0, rune(-9)
	for _, r := range s {
		a, b := strings.IndexRune(keyboard, before), strings.IndexRune(keyboard, r)
		if d := r - before; d >= -1 && d <= 1 || a >= 0 && b >= 0 && (b-a == 1 || a-b == 1) {
			n++
		}
		before = r
	}
	return n
}

// repeats says whether a text is one shorter text several times.
func repeats(s string) bool {
	for n := 1; n <= len(s)/2; n++ {
		if len(s)%n == 0 && strings.Repeat(s[:n], len(s)/n) == s {
			return true
		}
	}
	return false
}
