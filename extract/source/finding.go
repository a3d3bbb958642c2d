package source

import "encoding/json"

// Text is a string whose empty value is written to JSON as null, as the
// output contract asks of everything unknown.
type Text string

// MarshalJSON writes null for the empty text.
func (t Text) MarshalJSON() ([]byte, error) {
	if t == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(t))
}

// UnmarshalJSON reads null as the empty text.
func (t *Text) UnmarshalJSON(b []byte) error {
	var s *string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	*t = ""
	if s != nil {
		*t = Text(*s)
	}
	return nil
}

// Severity says how much a finding matters to the person who reads it.
type Severity string

// The three severities of the output contract.
const (
	Info    Severity = "info"
	Warning Severity = "warning"
	Error   Severity = "error"
)

// Finding is something a check reports about a file, a source or the case.
// Code is stable and kebab-case; Message is one plain sentence without a full
// stop; Field names the tag or sidecar key it speaks of, if there is one.
type Finding struct {
	Code     string   `json:"code"`
	Severity Severity `json:"severity"`
	Message  string   `json:"message"`
	Field    Text     `json:"field"`
}
