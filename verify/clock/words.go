package clock

import (
	"fmt"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// off says in words how a device's clock was off.
func (d device) off(m mode) string {
	if zone, ok := m.zone(); ok && !d.states {
		return "its clock ran at " + offsetText(zone)
	}
	by, more := -(m.lo+m.hi)/2, "ahead"
	if !d.states {
		more = "more than UTC"
	}
	if by < 0 {
		by, more = -by, "behind"
		if !d.states {
			more = "less than UTC"
		}
	}
	about := ""
	if m.hi-m.lo > steady {
		about = "about "
	}
	if d.states {
		return fmt.Sprintf("its clock was %s%s %s", about, lasting(by), more)
	}
	return fmt.Sprintf("its clock showed %s%s %s", about, lasting(by), more)
}

// proofs says what an error was found against.
func proofs(n int, by Basis) string {
	switch by {
	case ByFilms:
		return fmt.Sprintf("the names and UTC headers of %d films of the same account", n)
	case ByPosts:
		return fmt.Sprintf("the posts of %d of its pictures", n)
	}
	return fmt.Sprintf("%d satellite times of the device", n)
}

// report makes the finding of a correction.
func (r *reader) report(c Correction, d device, m mode) {
	code, severity := "clock-offset", extract.Severity("warning")
	if c.Zone != nil {
		code, severity = "clock-zone", "info"
	}
	of := "1 file is"
	if len(c.Items) != 1 {
		of = fmt.Sprintf("%d files are", len(c.Items))
	}
	f := verify.Finding{Finding: extract.Finding{Code: code, Severity: severity, Message: fmt.Sprintf(
		"%s: %s by %s, %s by that clock; %s corrected",
		d.name, d.off(m), proofs(c.Proofs, c.Basis), days(c.Since, c.Until), of)}}
	f.Source = extract.Text(r.sourceOf(c.Items))
	r.findings = append(r.findings, f)
}

// doubt reports a clock whose satellite times say nothing of its other files:
// they contradict each other, or there is one alone and the clock was off.
// Zones that differ are a journey, or summer time.
func (r *reader) doubt(d device, c clock, others []sample) {
	wrong := 0
	lo, hi := c.stamps[0].shift, c.stamps[0].shift
	for _, s := range c.stamps {
		lo, hi = min(lo, s.shift), max(hi, s.shift)
		if m := (mode{lo: s.shift, hi: s.shift}); !m.fits(d.states) {
			wrong++
		}
	}
	if wrong == 0 || len(others) == 0 {
		return
	}
	files := "1 file"
	if len(others) > 1 {
		files = fmt.Sprintf("%d files", len(others))
	}
	f := extract.Finding{Code: "clock-unsteady", Severity: "warning", Message: fmt.Sprintf(
		"%s: its clock and %d satellite times differ by amounts up to %s apart, so that nothing is said of its %s without one",
		d.name, len(c.stamps), lasting(hi-lo), files)}
	if hi-lo <= steady {
		f.Code, f.Message = "clock-suspect", fmt.Sprintf("%s: %s by the satellite times of one moment; its %s without one may be off alike, and one is not enough to correct them",
			d.name, d.off(mode{lo: lo, hi: hi}), files)
	}
	var ids []verify.Digest
	for _, s := range others {
		ids = append(ids, s.id)
	}
	r.findings = append(r.findings, verify.Finding{Source: extract.Text(r.sourceOf(ids)), Finding: f})
}

// sourceOf is the source in which all the items were seen, "" for none.
func (r *reader) sourceOf(ids []verify.Digest) string {
	source := ""
	for _, id := range ids {
		for _, s := range r.items[r.at[id]].Sightings {
			if source != "" && s.Source != source {
				return ""
			}
			source = s.Source
		}
	}
	return source
}

func days(from, to time.Time) string {
	const day = "2 Jan 2006"
	if a, b := from.Format(day), to.Format(day); a != b {
		return "from " + a + " to " + b
	}
	return "on " + from.Format(day)
}

func offsetText(minutes int) string {
	sign := "+"
	if minutes < 0 {
		sign, minutes = "−", -minutes
	}
	return fmt.Sprintf("UTC%s%d:%02d", sign, minutes/60, minutes%60)
}

// lasting writes a duration for people, in two units at most, and one of hours
// to the minute.
func lasting(d time.Duration) string {
	if d >= time.Hour {
		d = d.Round(time.Minute)
	}
	days, rest := d/(24*time.Hour), d%(24*time.Hour)
	units := []struct {
		n    time.Duration
		name string
	}{{days, "day"}, {rest / time.Hour, "hour"}, {rest % time.Hour / time.Minute, "minute"}, {rest % time.Minute / time.Second, "second"}}
	var out []string
	for _, u := range units {
		if u.n == 0 {
			continue
		}
		if u.n > 1 {
			u.name += "s"
		}
		out = append(out, fmt.Sprintf("%d %s", u.n, u.name))
		if len(out) == 2 {
			break
		}
	}
	if len(out) == 0 {
		return "0 seconds"
	}
	return strings.Join(out, " ")
}
