package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// savedName is the sidecar that is laid beside files which came out of an
// archive of the web or of another program's record. `scan` reads it
// (extract/source, format web-archive).
const savedName = "firsthand-saved.jsonl"

// savedFile is a line of it.
type savedFile struct {
	Version int    `json:"firsthand_saved"` // 1
	File    string `json:"file"`            // in the same folder; "" of a page as a whole
	URL     string `json:"url"`
	Saved   string `json:"saved_at,omitempty"`  // RFC 3339
	Posted  string `json:"posted_at,omitempty"` // RFC 3339, or without a zone where none is known
	Account string `json:"account,omitempty"`
	Title   string `json:"title,omitempty"`
	Text    string `json:"text,omitempty"`
}

// savedText writes the sidecar.
func savedText(files []savedFile) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, f := range files {
		f.Version = 1
		if err := enc.Encode(f); err != nil {
			return nil, fmt.Errorf("write %s: %w", savedName, err)
		}
	}
	return b.Bytes(), nil
}
