package casefile

import (
	"context"
	"fmt"
)

// Text is a free text that stands apart from the ledger, so that it can be
// erased, with the salt of the HMAC that its entry holds.
type Text struct {
	Seq   int64  `json:"seq"` // position of the entry
	Field string `json:"field"`
	Text  string `json:"text"`
	Salt  []byte `json:"salt"`
}

// Texts gives all texts that are not erased, in the order of the ledger.
func (f *File) Texts(ctx context.Context) ([]Text, error) {
	rows, err := f.query(ctx, "SELECT seq, field, text, salt FROM texts WHERE text IS NOT NULL ORDER BY seq, field")
	if err != nil {
		return nil, fmt.Errorf("read texts: %w", err)
	}
	defer rows.Close()
	var list []Text
	for rows.Next() {
		var t Text
		if err := rows.Scan(&t.Seq, &t.Field, &t.Text, &t.Salt); err != nil {
			return nil, fmt.Errorf("read texts: %w", err)
		}
		list = append(list, t)
	}
	return list, rows.Err()
}
