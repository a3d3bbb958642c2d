package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/incident"
	"github.com/firsthand-media/firsthand/verify/match"
)

// Regroup makes matches, clusters and candidate incidents of the whole case
// anew from what is stored, under the decisions that people made.
func Regroup(ctx context.Context, file *casefile.File, opt Options, sum *Summary) error {
	items, err := load(ctx, file)
	if err != nil {
		return err
	}
	began := time.Now()
	found, err := match.Find(ctx, items, match.Options{
		Workers: opt.Workers,
		Thumb: func(d verify.Digest, at time.Duration) (hashing.Luma, error) {
			b, err := file.Thumb(ctx, d, at)
			if err != nil {
				return hashing.Luma{}, err
			}
			return hashing.FromJPEG(b)
		},
		Progress: func(done, total int) {
			opt.Progress(Progress{Stage: "comparing pictures", Done: int64(done), Total: int64(total)})
		},
	})
	if err != nil {
		return err
	}
	if err := file.ReplaceMatches(ctx, found.Matches, found.Clusters, casefile.RunInfo{Model: "global-1"}); err != nil {
		return fmt.Errorf("store the matches: %w", err)
	}
	sum.MatchTime = time.Since(began)

	began = time.Now()
	opt.Progress(Progress{Stage: "grouping"})
	if err := group(ctx, file, opt, items, found); err != nil {
		return err
	}
	sum.GroupTime = time.Since(began)
	return nil
}

func group(ctx context.Context, file *casefile.File, opt Options, items []verify.Item, found match.Result) error {
	decisions, err := file.Decisions(ctx)
	if err != nil {
		return fmt.Errorf("read the decisions: %w", err)
	}
	old, err := file.Incidents(ctx)
	if err != nil {
		return fmt.Errorf("read the incidents: %w", err)
	}
	params := incident.Automatic()
	params.Workers = opt.Workers
	res, err := incident.Group(ctx, incident.Input{
		Items: items, Matches: found.Matches, Clusters: found.Clusters,
		Decisions: decisions, Previous: previous(old), Zone: opt.Zone,
	}, params)
	if err != nil {
		return err
	}
	record, err := json.Marshal(struct {
		Params incident.Params `json:"params"`
		Zone   string          `json:"zone"`
	}{params, opt.params()["zone"]})
	if err != nil {
		return fmt.Errorf("record the grouping: %w", err)
	}
	if err := file.ReplaceIncidents(ctx, res.Incidents, casefile.RunInfo{Model: res.Model, Params: record}); err != nil {
		return fmt.Errorf("store the incidents: %w", err)
	}
	return nil
}

// load reads the case's items with their fingerprints; thumbnails are read
// one at a time when a match needs them.
func load(ctx context.Context, file *casefile.File) ([]verify.Item, error) {
	var items []verify.Item
	at := map[verify.Digest]int{}
	for it, err := range file.Items(ctx) {
		if err != nil {
			return nil, fmt.Errorf("read the items: %w", err)
		}
		at[it.Digest] = len(items)
		items = append(items, it)
	}
	for f, err := range file.Frames(ctx) {
		if err != nil {
			return nil, fmt.Errorf("read the fingerprints: %w", err)
		}
		if i, ok := at[f.Digest]; ok {
			items[i].Frames = f.Frames
		}
	}
	return items, nil
}

func previous(incidents []verify.Incident) []incident.Previous {
	var out []incident.Previous
	for _, inc := range incidents {
		p := incident.Previous{ID: inc.ID}
		for _, m := range inc.Members {
			if m.Role == verify.Original || m.Role == verify.Copy {
				p.Digests = append(p.Digests, m.Digest)
			}
		}
		out = append(out, p)
	}
	return out
}
