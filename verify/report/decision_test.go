package report

import (
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

// Every kind of decision says what it speaks of.
func TestAboutOfDecisions(t *testing.T) {
	paths := map[verify.Digest]string{"a": "x/a.jpg", "b": "x/b.jpg"}
	two, one := []verify.Digest{"a", "b"}, []verify.Digest{"a"}
	for want, d := range map[string]verify.Decision{
		"I-1":                               {Kind: verify.Confirm, Incident: "I-1", Subjects: two},
		"I-2":                               {Kind: verify.Reject, Incident: "I-2", Subjects: two},
		"x/a.jpg, in I-1":                   {Kind: verify.Pin, Incident: "I-1", Subjects: one},
		"x/a.jpg and x/b.jpg, in I-1":       {Kind: verify.Add, Incident: "I-1", Subjects: two},
		"x/a.jpg, shown in I-1 too":         {Kind: verify.AlsoIn, Incident: "I-1", Subjects: one},
		"x/a.jpg, out of I-1":               {Kind: verify.Remove, Incident: "I-1", Subjects: one},
		"x/a.jpg, from I-2 to I-1":          {Kind: verify.Move, Incident: "I-1", Other: "I-2", Subjects: one},
		"x/a.jpg, out of I-1 as I-3":        {Kind: verify.Split, Incident: "I-1", Other: "I-3", Subjects: one},
		"I-1 and I-2":                       {Kind: verify.Merge, Incident: "I-1", Other: "I-2", Subjects: one, Others: two},
		"x/a.jpg":                           {Kind: verify.Exclude, Subjects: one},
		"x/a.jpg and x/b.jpg":               {Kind: verify.NotSame, Subjects: two},
		"x/a.jpg and gone":                  {Kind: verify.NotSameIncident, Subjects: []verify.Digest{"a", "gone"}},
		"entry 7":                           {Kind: verify.TakeBack, TakesBack: 7},
		"x/a.jpg, x/b.jpg, c, d and 1 more": {Kind: verify.Exclude, Subjects: []verify.Digest{"a", "b", "c", "d", "e"}},
	} {
		if got := In(nil).about(d, paths); got != want {
			t.Errorf("%s: %q, want %q", d.Kind, got, want)
		}
	}
}
