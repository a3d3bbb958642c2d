package exchange

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/firsthand-media/firsthand/verify/assess"
)

// foreign reads what a record keeps of the program that it came from.
type foreign struct{ fields map[string]json.RawMessage }

// foreignOf gives what is kept of a format; nothing where the record came from
// elsewhere.
func foreignOf(r assess.Record, format string) foreign {
	if r.Foreign == nil || r.Foreign.Format != format {
		return foreign{}
	}
	return foreign{r.Foreign.Fields}
}

func (f foreign) text(key string) string {
	var s string
	if json.Unmarshal(f.fields[key], &s) != nil {
		return ""
	}
	return s
}

func (f foreign) list(key string) []string {
	var l []string
	if json.Unmarshal(f.fields[key], &l) != nil {
		return nil
	}
	return l
}

func keepText(f *assess.Foreign, key, text string) {
	if text != "" {
		keepValue(f, key, text)
	}
}

func keepList(f *assess.Foreign, key string, list []string) {
	if len(list) > 0 {
		keepValue(f, key, list)
	}
}

func keepValue(f *assess.Foreign, key string, v any) {
	if raw, err := json.Marshal(v); err == nil {
		f.Fields[key] = raw
	}
}

// maxID is the longest identity of an incident.
const maxID = 100

// incidentID makes an identity for a case of one that another program gave; ""
// where nothing of it can be used.
func incidentID(text string) string {
	id := strings.Map(func(r rune) rune {
		if r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.:", r)) {
			return r
		}
		return '-'
	}, strings.TrimSpace(text))
	id = strings.TrimLeft(strings.Trim(id, "-"), ".")
	for len(id) > maxID {
		_, n := utf8.DecodeLastRuneInString(id)
		id = id[:len(id)-n]
	}
	return strings.Trim(id, "-")
}
