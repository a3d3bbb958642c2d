package incident

import (
	"fmt"
)

// edge is a pair of atoms that may be of one event. Near ones may be merged.
type edge struct {
	a, b int32
	near bool
}

// version names the method; it changes with every change of the weights.
const version = "beliefs-4"

func (c *grouping) model() string {
	p := c.params
	zone := "none stated"
	if c.clock.zone != nil {
		zone = c.clock.zone.String()
	}
	return fmt.Sprintf("%s threshold %g prior %.2f window %v zone %s", version, p.Threshold, c.learnt.Prior, p.Window, zone)
}

// maker tells runs apart that weigh differently.
func (c *grouping) maker(program string) mark {
	p := c.params
	p.Workers = 0
	var w writer
	w.text(version)
	w.text(program)
	w.text(fmt.Sprintf("%#v", p))
	w.text(c.learnt.Digest())
	return w.mark()
}

func (c *grouping) notes() []string {
	var out []string
	undated := 0
	for _, a := range c.atoms {
		if !a.moment.known() {
			undated++
		}
	}
	if undated > 0 {
		out = append(out, fmt.Sprintf("%d of %d pictures and videos have no time to be grouped by", undated, len(c.atoms)))
	}
	if c.clock.zone == nil && len(c.clock.offsets) < minSamples {
		out = append(out, "no time zone is known for clocks that state none: give the case's zone to group them more closely")
	}
	return out
}
