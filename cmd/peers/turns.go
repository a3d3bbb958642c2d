package main

import (
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/fixtures/usage"
)

// contender is one program at one piece of work.
type contender struct {
	name string
	// run does the work once.
	run func() (usage.Used, error)
}

// runs are what each turn took, by the name of the contender.
type runs map[string][]usage.Used

// inTurns lets all contenders work once a turn, each second turn in the other
// order. A contender that fails is left out from then on, with a word.
func (b *bench) inTurns(turns int, contenders []contender) runs {
	took := runs{}
	for turn := range turns {
		order := slices.Clone(contenders)
		if turn%2 == 1 {
			slices.Reverse(order)
		}
		for _, c := range order {
			if !slices.ContainsFunc(contenders, func(d contender) bool { return d.name == c.name }) {
				continue
			}
			used, err := c.run()
			if err != nil {
				b.say("%s is left out: %v", c.name, err)
				delete(took, c.name)
				contenders = slices.DeleteFunc(slices.Clone(contenders), func(d contender) bool { return d.name == c.name })
				continue
			}
			if b.verbose {
				b.say("turn %d, %s: %.2f s, %.2f s of processor time, %d MB", turn+1, c.name,
					used.Wall.Seconds(), used.Processor.Seconds(), used.Peak>>20)
			}
			took[c.name] = append(took[c.name], used)
		}
	}
	return took
}

// spread is the ratios of all turns.
type spread struct {
	Median, Least, Most float64
	Turns               int
}

// ratio compares what two contenders took of something, turn by turn.
func ratio(above, below []usage.Used, of func(usage.Used) float64) spread {
	var all []float64
	for i := range min(len(above), len(below)) {
		if d := of(below[i]); d > 0 {
			all = append(all, of(above[i])/d)
		}
	}
	if len(all) == 0 {
		return spread{}
	}
	slices.Sort(all)
	return spread{(all[(len(all)-1)/2] + all[len(all)/2]) / 2, all[0], all[len(all)-1], len(all)}
}

func (s spread) String() string {
	if s.Turns == 0 {
		return "–"
	}
	return fmt.Sprintf("%s (%s–%s)", brief(s.Median), brief(s.Least), brief(s.Most))
}

// brief is a ratio with two digits that count.
func brief(v float64) string {
	switch {
	case v >= 9.95:
		return fmt.Sprintf("%.0f", v)
	case v >= 0.995:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

func processor(u usage.Used) float64 { return u.Processor.Seconds() }
func wall(u usage.Used) float64      { return u.Wall.Seconds() }
func memory(u usage.Used) float64    { return float64(u.Peak) }

// longest is how long one run of anything may take.
const longest = 40 * time.Minute

// ran runs a program to its end, with its output going to a writer. Any exit
// status of those that are expected is fine.
func ran(out io.Writer, expected []int, name string, args ...string) (usage.Used, error) {
	cmd := exec.Command(name, args...)
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = out, &said
	stop := time.AfterFunc(longest, func() {
		if cmd.Process != nil {
			_ = cmd.Process.Kill()
		}
	})
	defer stop.Stop()
	used, err := usage.Run(cmd)
	if err != nil && (cmd.ProcessState == nil || !slices.Contains(expected, cmd.ProcessState.ExitCode())) {
		return used, fmt.Errorf("%w: %s", err, lastLine(said.String()))
	}
	return used, nil
}

func lastLine(said string) string {
	said = strings.TrimSpace(said)
	return said[strings.LastIndexByte(said, '\n')+1:]
}
