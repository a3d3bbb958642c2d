package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// filed makes files of "cluster:event" words; an event "-" is of no incident.
func filed(words string) []scoredFile {
	var files []scoredFile
	for i, w := range strings.Fields(words) {
		cluster, event, _ := strings.Cut(w, ":")
		f := scoredFile{truthRow: truthRow{file: fmt.Sprint("f", i), incident: event}, event: event, cluster: cluster}
		if event == "-" {
			f.incident, f.event = "", fmt.Sprint("d:", i)
		}
		files = append(files, f)
	}
	return files
}

func TestClicksToTruth(t *testing.T) {
	for _, c := range []struct {
		name, files string
		corrections int
		confirms    int
	}{
		{"right already", "1:A 1:A 2:B 3:- 3:-", 0, 2},
		{"two halves", "1:A 1:A 2:A 2:A", 1, 1},
		{"three parts", "1:A 1:A 2:A 2:A 3:A", 2, 1},
		{"two events in one", "1:A 1:A 1:B 1:B", 1, 2},
		{"one file astray", "1:A 1:A 1:A 1:B 2:B 2:B", 1, 2},
		{"two files astray", "1:A 1:A 1:A 1:B 1:B 2:B 2:B", 2, 2},
		{"a greeting among them", "1:A 1:A 1:-", 1, 1},
		{"greetings go at once", "1:A 1:A 1:- 1:- 1:-", 1, 1},
		{"exchanged files", "1:A 1:A 1:B 2:B 2:B 2:A", 2, 2},
		{"two events crossed in two groups", "1:A 1:A 1:B 1:B 2:A 2:A 2:B 2:B", 2, 2},
		{"nothing grouped", "1:A 2:A 3:A 4:B 5:B", 3, 2},
	} {
		got := clicksToTruth(filed(c.files), nil)
		if got.corrections() != c.corrections || got.confirms != c.confirms {
			t.Errorf("%s: %+v, want %d corrections and %d confirmations", c.name, got, c.corrections, c.confirms)
		}
	}
}

func TestCopiesMoveAtOnce(t *testing.T) {
	files := filed("1:A 1:A 1:A 1:B 1:B 2:B 2:B")
	copies := map[string]string{"f3": "D-1", "f4": "D-1"}
	if got := clicksToTruth(files, copies); got.corrections() != 1 {
		t.Errorf("moving a picture with its copy: %+v, want one action", got)
	}
	// A copy that lies elsewhere is another thing to move.
	files[4].cluster = "3"
	if got := clicksToTruth(files, copies); got.corrections() != 2 {
		t.Errorf("moving a picture and its copy from two groups: %+v, want two actions", got)
	}
}

// A ring is longer than what is divided in the best of all ways: each group
// has a file of the next event.
func TestClicksOfALongRing(t *testing.T) {
	const n = 20
	var words []string
	for i := range n {
		words = append(words, fmt.Sprintf("%d:E%d %d:E%d", i, i, i, (i+1)%n))
	}
	if got := clicksToTruth(filed(strings.Join(words, " ")), nil).corrections(); got != n {
		t.Errorf("%d corrections, moving one file from each of %d groups is enough", got, n)
	}
}

// TestClicksAgainstEverySequence holds the count against a search through all
// groupings of a few files, for random groupings and truths.
func TestClicksAgainstEverySequence(t *testing.T) {
	const n = 7
	rng := rand.New(rand.NewPCG(6, 14))
	reach := newSearch(n)
	for range 300 {
		var words []string
		for range n {
			words = append(words, fmt.Sprintf("%d:%s", rng.IntN(4), []string{"A", "B", "C", "-"}[rng.IntN(4)]))
		}
		text := strings.Join(words, " ")
		files := filed(text)
		got, want := clicksToTruth(files, nil).corrections(), reach.fewest(files)
		if got != want {
			t.Fatalf("%s: %d corrections, %d are enough", text, got, want)
		}
	}
}

// search walks the groupings of n files, each written as the group of every
// file with groups numbered as they come.
type search struct{ next map[string][]string }

func newSearch(n int) *search {
	s := &search{map[string][]string{}}
	s.explore(strings.Repeat("a", n))
	return s
}

func canonical(groups []byte) string {
	name := map[byte]byte{}
	out := make([]byte, len(groups))
	for i, g := range groups {
		if _, ok := name[g]; !ok {
			name[g] = 'a' + byte(len(name))
		}
		out[i] = name[g]
	}
	return string(out)
}

// explore finds every grouping that one action leads to, and goes on there.
func (s *search) explore(from string) {
	todo := []string{from}
	for len(todo) > 0 {
		g := todo[0]
		todo = todo[1:]
		if s.next[g] != nil {
			continue
		}
		reached := map[string]bool{}
		for i := range len(g) {
			for to := byte('a'); to <= 'a'+byte(len(g)); to++ {
				moved := []byte(g)
				moved[i] = to
				reached[canonical(moved)] = true
				reached[canonical([]byte(strings.ReplaceAll(g, g[i:i+1], string(to))))] = true
			}
		}
		for subset := range 1 << len(g) { // one side of a split must lie in one group
			part := []byte(g)
			var of byte
			one := true
			for i := range part {
				if subset>>i&1 == 0 {
					continue
				}
				one = one && (of == 0 || of == part[i])
				of, part[i] = g[i], 'z'
			}
			if one {
				reached[canonical(part)] = true
			}
		}
		for to := range reached {
			s.next[g] = append(s.next[g], to)
			todo = append(todo, to)
		}
	}
}

// fewest is the number of actions to the nearest grouping that is true.
func (s *search) fewest(files []scoredFile) int {
	groups := make([]byte, len(files))
	for i := range files {
		groups[i] = files[i].cluster[0]
	}
	steps := map[string]int{canonical(groups): 0}
	for todo := []string{canonical(groups)}; ; todo = todo[1:] {
		if holds(todo[0], files) {
			return steps[todo[0]]
		}
		for _, to := range s.next[todo[0]] {
			if _, ok := steps[to]; !ok {
				steps[to] = steps[todo[0]] + 1
				todo = append(todo, to)
			}
		}
	}
}

// holds tells whether each incident is one group with nothing else in it.
func holds(grouping string, files []scoredFile) bool {
	for i := range files {
		for j := range files {
			if (files[i].ofIncident() || files[j].ofIncident()) && (files[i].event == files[j].event) != (grouping[i] == grouping[j]) {
				return false
			}
		}
	}
	return true
}
