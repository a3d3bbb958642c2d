package extract

import (
	"fmt"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
)

// maxFindings bounds what one file can make a report hold.
const maxFindings = 64

// findings collects what the checks report, one for each code and field.
type findings struct {
	list  []Finding
	nulls []string // date fields that are there and empty or zero
	more  []alsoField
}

// alsoField is a further field of which a finding in the list holds too.
type alsoField struct{ code, field string }

func (f *findings) add(code string, severity Severity, field, format string, args ...any) {
	for _, have := range f.list {
		if have.Code == code && string(have.Field) == field {
			return
		}
	}
	if len(f.list) < maxFindings {
		message := oneLine(strings.ToValidUTF8(fmt.Sprintf(format, args...), "?")) // what a file says may hold line ends
		f.list = append(f.list, Finding{Code: code, Severity: severity, Message: message, Field: Text(field)})
	}
}

// also is add for what holds of several fields for one reason: the first is
// reported in full, the others are named with it.
func (f *findings) also(code string, severity Severity, field, format string, args ...any) {
	if !slices.ContainsFunc(f.list, func(have Finding) bool { return have.Code == code }) {
		f.add(code, severity, field, format, args...)
		return
	}
	if a := (alsoField{code, field}); len(f.more) < maxFindings && !slices.Contains(f.more, a) {
		f.more = append(f.more, a)
	}
}

// null notes a date field without a date.
func (f *findings) null(field string) {
	if !slices.Contains(f.nulls, field) && len(f.nulls) < maxFindings {
		f.nulls = append(f.nulls, field)
	}
}

// flush adds the further fields of each finding to its message, and turns the
// fields without a date into one finding: a movie has one for each track and
// says the same with all of them.
func (f *findings) flush() {
	f.thin()
	for i := range f.list {
		have := &f.list[i]
		var fields []string
		for _, a := range f.more {
			if a.code == have.Code && a.field != string(have.Field) {
				fields = append(fields, a.field)
			}
		}
		if len(fields) > 0 {
			have.Message += ", and so with " + someOf(fields)
		}
	}
	if len(f.nulls) > 0 {
		f.add("null-date", source.Info, f.nulls[0], "date field present but empty or zero: %s", someOf(f.nulls))
	}
	f.nulls, f.more = nil, nil
}

// maxAlike is how often a code is reported in full.
const maxAlike = 4

// thin keeps the first few findings of a code and says how many there were
// more: one kind of damage can show in every directory of a file.
func (f *findings) thin() {
	seen := map[string]int{}
	last := map[string]int{}
	var kept []Finding
	for _, have := range f.list {
		key := have.Code + " " + string(have.Severity)
		if seen[key]++; seen[key] <= maxAlike {
			last[key] = len(kept)
			kept = append(kept, have)
		}
	}
	for key, n := range seen {
		if n > maxAlike {
			kept[last[key]].Message += fmt.Sprintf(", and %d more of this kind", n-maxAlike)
		}
	}
	f.list = kept
}

// someOf names the first four.
func someOf(names []string) string {
	out := strings.Join(names[:min(len(names), 4)], ", ")
	if more := len(names) - 4; more > 0 {
		out += fmt.Sprintf(" and %d more", more)
	}
	return out
}
