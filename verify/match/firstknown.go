package match

import (
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// FirstKnown is the claim by which an item seen at one path certainly existed
// first: the one with the least upper bound, as [verify.Cluster] weighs them.
// With trusted set only what devices and platforms say counts. It is nil when
// nothing says so.
func FirstKnown(it *verify.Item, s *verify.Sighting, trusted bool) *extract.Time {
	counts := func(t extract.Time) bool { return t.Trust != extract.TrustNone }
	if trusted {
		counts = isTrusted
	}
	all := slices.Concat(s.Times, it.Media.Times)
	bound := leastBound(time.Time{}, all, counts)
	if bound.IsZero() {
		return nil
	}
	i := slices.IndexFunc(all, func(t extract.Time) bool {
		return leastBound(time.Time{}, []extract.Time{t}, counts).Equal(bound)
	})
	return &all[i]
}

func isTrusted(t extract.Time) bool {
	return t.Trust == extract.TrustDevice || t.Trust == extract.TrustPlatform
}
