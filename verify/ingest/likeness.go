package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/hashing/sequence"
	"github.com/firsthand-media/firsthand/hashing/sound"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/match"
)

// mostRounds is how many searches a matching takes at most: each after the first
// is for videos that the one before wanted to see more of.
const mostRounds = 4

// matching is what a search found, and what it had to do without.
type matching struct {
	match.Result
	coarse []string // of videos that were not looked at more closely, one sentence each
}

func (m matching) notes() []verify.Finding {
	return slices.Concat(notes("not-compared", source.Warning, m.Notes), notes("times-rough", source.Info, m.coarse))
}

// search finds what is alike, looks closer at the videos of which more is
// wanted, and then searches again. The run is that of what the case then holds.
func (g *grouper) search(ctx context.Context, words match.Words, sum *Summary) (m matching, r run, err error) {
	for round := 1; ; round++ {
		if err := g.load(ctx); err != nil {
			return m, r, err
		}
		if r, err = g.matchRun(ctx, words); err != nil {
			return m, r, err
		}
		var whole bool
		if m.Result, whole, err = g.find(ctx, words); err != nil {
			return m, r, err
		}
		if !whole {
			r = r.unfinished() // the next run finds the pictures made again
		}
		r.Wanting = g.opt.Engine == nil && len(g.coarse(m.Sparse)) > 0
		if round == mostRounds {
			return m, r, nil
		}
		var looked int
		if looked, m.coarse, err = g.lookCloser(ctx, m.Sparse); err != nil || looked == 0 {
			return m, r, err
		}
		sum.Closer += looked
		g.items = nil
	}
}

// find searches the case for copies. It is whole when every picture and
// keypoint that was asked for was there.
func (g *grouper) find(ctx context.Context, words match.Words) (found match.Result, whole bool, err error) {
	g.opt.Progress(Progress{Stage: "indexing pictures"})
	likeness, err := g.file.LikenessIndex(ctx)
	if err != nil {
		return found, false, err
	}
	defer func() { err = errors.Join(err, likeness.Close()) }()
	var lost atomic.Bool
	verdicts := memory{file: g.file, maker: Version + " " + g.opt.Build}
	found, err = match.Find(ctx, g.items, match.Options{
		Workers: g.opt.Workers, Index: likeness.Index, Contents: likeness.Contents, Words: words,
		Thumb: func(d verify.Digest, at time.Duration) (hashing.Luma, error) {
			l, err := g.thumb(ctx, d, at)
			if err != nil {
				lost.Store(true)
			}
			return l, err
		},
		Features: func(d verify.Digest, at time.Duration) (feature.Set, error) {
			s, err := g.file.Features(ctx, d, at)
			if err != nil {
				lost.Store(true)
			}
			return s, err
		},
		Reel: func(d verify.Digest) (sequence.Reel, error) {
			r, err := g.file.Reel(ctx, d)
			if err != nil {
				lost.Store(true)
			}
			return r, err
		},
		Sound: func(d verify.Digest) (sound.Track, error) {
			t, err := g.file.Sound(ctx, d)
			if err != nil {
				lost.Store(true)
			}
			return t, err
		},
		Known:    func(d verify.Digest) ([]byte, error) { return verdicts.recall(ctx, d) },
		Remember: func(d verify.Digest, text []byte) error { return verdicts.keep(ctx, d, text) },
		Progress: func(done, total int) {
			g.opt.Progress(Progress{Stage: "comparing pictures", Unit: "pairs", Done: int64(done), Total: int64(total)})
		},
	})
	if err != nil {
		return found, false, err
	}
	return found, !lost.Load(), verdicts.flush(ctx)
}

func (g *grouper) thumb(ctx context.Context, d verify.Digest, at time.Duration) (hashing.Luma, error) {
	b, err := g.file.Thumb(ctx, d, at)
	if err != nil {
		return hashing.Luma{}, err
	}
	return hashing.FromJPEG(b)
}

// memory is what searches remember of pairs, stored in batches.
type memory struct {
	file  *casefile.File
	maker string // what another program remembered says nothing
	batch []casefile.Verdicts
}

func (m *memory) recall(ctx context.Context, d verify.Digest) ([]byte, error) {
	return m.file.Verdicts(ctx, m.maker, d)
}

func (m *memory) keep(ctx context.Context, d verify.Digest, text []byte) error {
	m.batch = append(m.batch, casefile.Verdicts{Digest: d, Text: text})
	if len(m.batch) < batchFiles {
		return nil
	}
	return m.flush(ctx)
}

func (m *memory) flush(ctx context.Context) error {
	if len(m.batch) == 0 {
		return nil
	}
	if err := m.file.KeepVerdicts(ctx, m.maker, m.batch); err != nil {
		return fmt.Errorf("remember the comparisons: %w", err)
	}
	m.batch = m.batch[:0]
	return nil
}
