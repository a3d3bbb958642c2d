package truth

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// EqualValues compares numbers by value, lists member by member, times as
// clock reading, fraction and offset, and other texts without the space
// around them.
func EqualValues(want, got any, tolerance float64) bool {
	if a, ok := want.([]any); ok && len(a) == 1 {
		want = a[0]
	}
	if b, ok := got.([]any); ok && len(b) == 1 {
		got = b[0]
	}
	a, isList := want.([]any)
	b, isListToo := got.([]any)
	if isList || isListToo {
		if len(a) != len(b) || isList != isListToo {
			return false
		}
		for i := range a {
			if !EqualValues(a[i], b[i], tolerance) {
				return false
			}
		}
		return true
	}
	x, y := Plain(want), Plain(got)
	if x == y {
		return true
	}
	n, err1 := strconv.ParseFloat(x, 64)
	m, err2 := strconv.ParseFloat(y, 64)
	if err1 == nil && err2 == nil {
		return math.Abs(n-m) <= tolerance*math.Max(1, math.Abs(n))
	}
	return false
}

var (
	zeroOffset  = regexp.MustCompile(`(\d\d:\d\d(?:\.\d+)?)\+00:00$`)
	binaryValue = regexp.MustCompile(`^\(Binary data (\d+) bytes.*\)$`)
)

// Plain is the text of one value.
func Plain(v any) string {
	var s string
	switch v := v.(type) {
	case string:
		s = strings.TrimSpace(v)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	default:
		b, err := json.Marshal(v)
		if err != nil {
			return fmt.Sprint(v)
		}
		s = string(b)
	}
	if m := zeroOffset.FindStringSubmatchIndex(s); m != nil {
		s = s[:m[3]] + "Z"
	}
	return binaryValue.ReplaceAllString(s, "(Binary data $1 bytes)")
}
