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
}

func (f *findings) add(code string, severity Severity, field, format string, args ...any) {
	for _, have := range f.list {
		if have.Code == code && string(have.Field) == field {
			return
		}
	}
	if len(f.list) < maxFindings {
		f.list = append(f.list, Finding{Code: code, Severity: severity, Message: fmt.Sprintf(format, args...), Field: Text(field)})
	}
}

// null notes a date field without a date.
func (f *findings) null(field string) {
	if !slices.Contains(f.nulls, field) && len(f.nulls) < maxFindings {
		f.nulls = append(f.nulls, field)
	}
}

// flush turns the fields without a date into one finding: a movie has one for
// each track and says the same with all of them.
func (f *findings) flush() {
	if len(f.nulls) == 0 {
		return
	}
	names := strings.Join(f.nulls[:min(len(f.nulls), 4)], ", ")
	if more := len(f.nulls) - 4; more > 0 {
		names += fmt.Sprintf(" and %d more", more)
	}
	f.add("null-date", source.Info, f.nulls[0], "date field present but empty or zero: %s", names)
	f.nulls = nil
}
