package gazetteer

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// marked is a name in brackets with the place that it means.
var marked = regexp.MustCompile(`\[([^|\]]+)\|(\d+)\]`)

// TestCaptions measures how many of the places that captions name are found,
// each caption read alone, and how much of what is found is meant. Measured
// when this was written: recall 0.88, precision 0.995.
func TestCaptions(t *testing.T) {
	g := world(t)
	data, err := os.ReadFile("testdata/captions.txt")
	if err != nil {
		t.Fatal(err)
	}
	meant, found, wrong := 0, 0, 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' && !strings.HasPrefix(line, "#[") {
			continue
		}
		at := marked.FindStringSubmatchIndex(line)
		text, start, end, id := line, -1, -1, int64(0)
		if at != nil {
			meant++
			id, _ = strconv.ParseInt(line[at[4]:at[5]], 10, 64)
			text = line[:at[0]] + line[at[2]:at[3]] + line[at[1]:]
			start, end = at[0], at[0]+at[3]-at[2]
		}
		for _, m := range g.Find(text) {
			if m.Start < end && start < m.End && m.means(id) {
				found++
				continue
			}
			wrong++
			t.Logf("%s: %s is not %s", text, m.Text, m.Places[0].Name)
		}
	}
	recall, precision := float64(found)/float64(meant), float64(found)/float64(found+wrong)
	t.Logf("of %d places %d are found (%.3f), %d mentions are wrong (precision %.3f)", meant, found, recall, wrong, precision)
	if recall < 0.85 || precision < 0.98 {
		t.Errorf("recall %.3f, precision %.3f", recall, precision)
	}
}

func (m Mention) means(id int64) bool {
	for _, p := range m.Places {
		if p.ID == id {
			return true
		}
	}
	return false
}
