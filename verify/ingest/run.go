package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/clock"
	"github.com/firsthand-media/firsthand/verify/incident"
	"github.com/firsthand-media/firsthand/verify/match"
)

// run is what one set of results was made with, as the ledger keeps it beside
// them. Input is a digest over all that they depend on; the number of workers
// is no part of that.
type run struct {
	model string
	Input string `json:"input"` // "" when the results are to be made again
	// Wanting says that videos should be looked at more closely and that no
	// engine was there to do it: whoever has one does.
	Wanting bool              `json:"wanting,omitempty"`
	Zone    string            `json:"zone,omitempty"`
	Zones   map[string]string `json:"zones,omitempty"` // of single sources
	Params  *incident.Params  `json:"params,omitempty"`
	// Settings is a digest over all that incidents depend on but what the case
	// holds and people decided, and LearntOf one over these and the case that
	// the statistics were learnt from.
	Settings string `json:"settings,omitempty"`
	LearntOf string `json:"learnt_of,omitempty"`
}

func (r run) info() casefile.RunInfo {
	b, err := json.Marshal(r)
	if err != nil {
		b = nil // a setting that is no number: the results stand, and are made again
	}
	return casefile.RunInfo{Model: r.model, Params: b}
}

func (r run) unfinished() run {
	r.Input = ""
	return r
}

// readRun reads what a set of results was made with; the zero value where there
// is none, or one that cannot be read, so that everything is made anew.
func readRun(stored casefile.RunInfo, ok bool) run {
	var was run
	if !ok || json.Unmarshal(stored.Params, &was) != nil {
		return run{}
	}
	return was
}

// same says that what is stored came of the same input as would be used now.
func same(stored casefile.RunInfo, now run) bool {
	var was run
	return json.Unmarshal(stored.Params, &was) == nil && was.Input != "" && was.Input == now.Input
}

// canLook says whether there is an engine now for what the last run had none.
func (g *grouper) canLook(last casefile.RunInfo) bool {
	var was run
	return g.opt.Engine != nil && json.Unmarshal(last.Params, &was) == nil && was.Wanting
}

func (g *grouper) matchRun(ctx context.Context, words match.Words) (run, error) {
	state, err := g.file.State(ctx)
	if err != nil {
		return run{}, fmt.Errorf("read the state of the case: %w", err)
	}
	input, err := digestOf(match.Version, g.opt.Build, state, words)
	return run{model: match.Version, Input: input}, err
}

func (g *grouper) groupRun(ctx context.Context, p incident.Params, decisions []verify.Decision, places string) (run, error) {
	stored, _, err := g.file.LastMatching(ctx)
	if err != nil {
		return run{}, fmt.Errorf("read the last matches: %w", err)
	}
	var matches run
	if err := json.Unmarshal(stored.Params, &matches); err != nil {
		return run{}, fmt.Errorf("read the last matches: %w", err)
	}
	r := run{Params: &p}
	r.Zone, r.Zones = g.opt.Zones.Names()
	if matches.Input == "" {
		return r, nil // nor is anything made of them to stand
	}
	// The input of the matches covers the items.
	if r.Settings, err = digestOf(incident.Version, clock.Version, g.opt.Build, r.Zone, r.Zones, places, p); err != nil {
		return r, err
	}
	if r.LearntOf, err = digestOf(r.Settings, matches.Input); err != nil {
		return r, err
	}
	r.Input, err = digestOf(r.LearntOf, decisions)
	return r, err
}

// digestOf is the SHA-256 over the JSON of the values.
func digestOf(values ...any) (string, error) {
	b, err := json.Marshal(values)
	if err != nil {
		return "", fmt.Errorf("describe the run: %w", err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}
