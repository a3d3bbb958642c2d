package main

import (
	"time"

	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/firsthand-media/firsthand/verify/locale"
	"github.com/schollz/progressbar/v3"
)

// progress draws one bar for each stage of long work on a terminal, and
// nothing anywhere else.
type progress struct {
	term  *terminal
	words *locale.Catalogue
	stage string
	bar   *progressbar.ProgressBar
}

func (g *globalOptions) newProgress() *progress { return &progress{term: g.term, words: g.words()} }

// show is given to the pipeline; it is called from one goroutine.
func (p *progress) show(u ingest.Progress) {
	if p.term.quiet || !p.term.errIsTTY {
		return
	}
	if u.Stage != p.stage {
		p.done()
		p.stage, p.bar = u.Stage, p.newBar(u)
	}
	_ = p.bar.Set64(u.Done)
}

func (p *progress) newBar(u ingest.Progress) *progressbar.ProgressBar {
	total := u.Total
	if total <= 0 {
		total = -1 // a spinner: the end is not known
	}
	unit := u.Unit
	if unit == "" {
		unit = "files"
	}
	return progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(p.term.err),
		progressbar.OptionSetDescription(shown(p.words.Sentence(u.Stage))),
		progressbar.OptionSetItsString(shown(p.words.Sentence(unit))),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionFullWidth(),
		progressbar.OptionClearOnFinish(),
	)
}

func (p *progress) done() {
	if p.bar != nil {
		_ = p.bar.Finish()
		p.bar, p.stage = nil, ""
	}
}
