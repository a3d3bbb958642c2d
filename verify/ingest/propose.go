package ingest

import (
	"context"
	"fmt"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/incident"
)

// Input gives what the incidents of a case are made of, as [Regroup] takes it:
// items with their clocks put right, copies, decisions and the incidents
// before. It reads the case and writes nothing.
func Input(ctx context.Context, file *casefile.File, opt Options) (incident.Input, error) {
	in := incident.Input{Zone: opt.Zones.Case}
	var err error
	if in.Decisions, err = file.Decisions(ctx); err != nil {
		return in, fmt.Errorf("read the decisions: %w", err)
	}
	places, err := file.Gazetteer(ctx)
	if err != nil {
		return in, fmt.Errorf("open the gazetteer: %w", err)
	}
	in.Places = places
	g := &grouper{file: file, opt: opt}
	_, err = g.input(ctx, &in)
	return in, err
}
