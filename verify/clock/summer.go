package clock

import (
	"sync"
	"time"
)

// summerRules are zones that stand for the rules of summer time in force
// somewhere; which of them a clock follows that states no zone is not known.
// They are read once, since that takes longer than all the rest.
var summerRules = sync.OnceValue(func() []*time.Location {
	var rules []*time.Location
	for _, name := range [...]string{
		"Europe/Kyiv", "America/New_York", "America/Santiago", "America/Asuncion", "America/Havana",
		"Asia/Jerusalem", "Asia/Gaza", "Asia/Beirut", "Asia/Damascus", "Asia/Tehran", "Africa/Cairo", "Africa/Casablanca",
		"Australia/Sydney", "Pacific/Auckland",
	} {
		if loc, err := time.LoadLocation(name); err == nil { // extract embeds them
			rules = append(rules, loc)
		}
	}
	return rules
})

// summerTimeChanges says that clocks were set somewhere between two instants,
// in any order.
func summerTimeChanges(a, b time.Time) bool {
	for _, loc := range summerRules() {
		_, x := a.In(loc).Zone()
		_, y := b.In(loc).Zone()
		if x != y {
			return true
		}
	}
	return false
}
