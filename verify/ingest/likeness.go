package ingest

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/match"
)

// find searches the case for copies. It is whole when every picture and
// keypoint that was asked for was there.
func (g *grouper) find(ctx context.Context, apart [][2]verify.Digest) (found match.Result, whole bool, err error) {
	g.opt.Progress(Progress{Stage: "indexing pictures"})
	index, done, err := g.file.LikenessIndex(ctx)
	if err != nil {
		return found, false, err
	}
	defer func() { err = errors.Join(err, done()) }()
	var lost atomic.Bool
	verdicts := memory{file: g.file, maker: Version + " " + g.opt.Build}
	found, err = match.Find(ctx, g.items, match.Options{
		Workers: g.opt.Workers, Index: index, NotSame: apart,
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
