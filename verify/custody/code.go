package custody

import (
	"crypto/sha256"
	"fmt"
	"math/big"
	"strings"
)

// Code is a checkpoint for reading over a phone: eight groups of five digits
// from the SHA-256 of its three lines, 132 bits. To find another ledger with the
// code of one that was read out takes some 2^132 tries, to prepare two with the
// same code some 2^66.
func (c Checkpoint) Code() string {
	const groups = 8
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%d\n%s\n", c.Origin, c.Size, c.Root))
	number := new(big.Int).SetBytes(sum[:])
	number.Mod(number, new(big.Int).Exp(big.NewInt(10), big.NewInt(5*groups), nil))
	digits := fmt.Sprintf("%0*d", 5*groups, number)
	parts := make([]string, groups)
	for i := range parts {
		parts[i] = digits[5*i : 5*i+5]
	}
	return strings.Join(parts, " ")
}
