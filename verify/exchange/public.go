package exchange

import (
	"bytes"
	"fmt"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/publish"
)

// withheldName is the file that lists what the public form lacks, in exports
// that are folders.
const withheldName = "WITHHELD.txt"

// MakePublic puts the case into the form that may be published, see
// [publish.Profile]. What is withheld stands in Withheld then.
func (c *Case) MakePublic(profile publish.Profile) {
	in := publish.Content{Items: c.Items, Clusters: c.Clusters, Reviews: c.Reviews}
	c.private = map[verify.Digest]verify.Item{}
	for _, it := range c.Items {
		c.private[it.Digest] = it
	}
	for i := range c.Incidents {
		inc := &c.Incidents[i]
		if inc.Proposed {
			in.Incidents = append(in.Incidents, inc.Incident)
		}
		in.Records = append(in.Records, inc.Record)
	}
	out, withheld := profile.Apply(in)
	c.Withheld = withheld
	c.Title, c.Sources, c.Settings, c.Decisions, c.Findings, c.Matches, c.Known = "", nil, nil, nil, nil, nil, nil
	c.Ledger = Ledger{Checkpoints: c.Ledger.Checkpoints}
	c.Items, c.Clusters, c.Reviews, c.Incidents = out.Items, out.Clusters, out.Reviews, assess.Incidents(out.Incidents, out.Records)
}

// withheldText is the list for people.
func (c *Case) withheldText() []byte {
	var b bytes.Buffer
	b.WriteString("This is the public form of a case. It is not the whole; what was left out or made coarser:\n\n")
	for _, w := range c.Withheld {
		fmt.Fprintf(&b, "%d %s: %s\n", w.Count, w.What, w.Why)
	}
	return b.Bytes()
}
