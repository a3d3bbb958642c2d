package api

import (
	"context"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/clock"
	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/firsthand-media/firsthand/verify/strip"
	"github.com/firsthand-media/firsthand/verify/workshop"
)

// Program is what the workbench needs of the program around it: how cases are
// opened under the settings and the key of this person, and how media are
// decoded in worker processes. A function that is nil cannot be done here.
type Program struct {
	Version   string
	By        string // the name from the settings, "" where none was given
	Language  string // a tag of verify/locale from the settings, "" where none was chosen
	ConfigDir string // of the user; holds what is remembered between starts
	Read      func(dir string) (*casefile.File, error)
	Write     func(dir string) (*casefile.File, error) // fails with casefile.ErrLocked while another program writes
	Create    func(dir string) (*casefile.File, error)
	Zones     func(context.Context, *casefile.File) (clock.Zones, error)
	Reviewer  func(f *casefile.File, name string) (assess.Reviewer, error)                                 // a name with this person's key; nobody for ""
	Proofs    func(ctx context.Context, f *casefile.File, c custody.Checkpoint) (map[string][]byte, error) // this person's signatures over a checkpoint, and what others said of it
	Scan      func(context.Context, *casefile.File, ScanOrder, func(ingest.Progress)) (ingest.Summary, error)
	Exercise  func(ctx context.Context, dir string, progress func(ingest.Progress)) (caseDir string, err error) // makes the built-in exercise case

	// Of exercises with tasks. Both laying out take a new folder and scan.
	Exercises     func() ([]exercise.Exercise, error) // those that are built in, by level
	BeginExercise func(ctx context.Context, id, dir string, progress func(ingest.Progress)) (caseDir string, err error)
	BeginPack     func(ctx context.Context, pack *workshop.Pack, dir string, progress func(ingest.Progress)) (caseDir string, err error)
	ExerciseKey   func(ctx context.Context, id string) (exercise.Key, error)                       // of a built-in one
	PackExercise  func(ctx context.Context, id, passphrase, out string) (digest string, err error) // writes the pack of a built-in one to a new file

	// Of single files, each in a worker.
	Picture func(ctx context.Context, path string, orientation, side int) ([]byte, error) // a still, upright, as a JPEG of at most side pixels
	Frame   func(ctx context.Context, path string, at time.Duration) (Still, error)       // the one that is shown then
	Step    func(ctx context.Context, path string, at time.Duration, steps int) (to strip.Shown, taken int, err error)
	Inspect func(ctx context.Context, path string) (verify.Item, error) // with every field
	Compare func(ctx context.Context, a, b string) (ingest.Comparison, error)
}

// ScanOrder is what a person asks of a scan.
type ScanOrder struct {
	Folders []string
	Names   map[string]string // of the sources, by folder; that of the folder where there is none
	Zone    string            // of clocks that state none; "" leaves them open
	Collect bool              // copies the files into the case
	Video   string            // auto, native, embedded, off
}

// Still is one frame of a video as decoded, with its exact time.
type Still struct {
	JPEG []byte
	At   time.Duration
}
