package verify

import "slices"

// Decided gives the incidents with the status that people have given them
// since: the last confirmation or rejection of each counts.
func Decided(incidents []Incident, decisions []Decision) []Incident {
	becomes := map[string]Status{"confirm": Confirmed, "reject": Rejected}
	last := map[string]Status{}
	for _, d := range decisions {
		if s, ok := becomes[d.Kind]; ok {
			last[d.Incident] = s
		}
	}
	out := slices.Clone(incidents)
	for i := range out {
		if s, ok := last[out[i].ID]; ok {
			out[i].Status = s
		}
	}
	return out
}
