package casefile

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/disk"
)

// DatabaseName is the file by which a folder is a case.
const DatabaseName = "case.db"

// CacheFolder is the part of a case folder that can be made again.
const CacheFolder = "cache"

// The files of a case folder.
const (
	databaseName    = DatabaseName
	checkpointsName = "checkpoints.txt"
	cacheName       = CacheFolder
)

// File is an open case. Its methods may be used by several goroutines at once.
type File struct {
	// Now is the clock that events are dated by. It is not to be changed
	// while a method runs.
	Now func() time.Time

	opts    Options
	dir     string
	info    CaseInfo
	readers *sql.DB
	cache   *cache
	state   sync.RWMutex // guards closed, which is set under both locks
	closed  bool

	indexing sync.Mutex // one goroutine at a time brings the index of keypoints up to date

	// What follows is used under writing; writer is nil for reading only.
	writing sync.Mutex
	lock    *os.File
	writer  *sql.DB
	signer  note.Signer
	log     custody.Log
	signed  int64 // size of the last checkpoint, -1 before the first
	failed  error // once the state of the disk is not known, nothing more is written
}

// Create makes a case in a folder, which it makes too when it is not there.
// Where a case already is, the error is fs.ErrExist.
func Create(dir string, opts Options) (*File, error) {
	if opts.ReadOnly {
		return nil, fmt.Errorf("create case: %w", ErrReadOnly)
	}
	if err := checkSigner(opts.Signer); err != nil {
		return nil, fmt.Errorf("create case: %w", err)
	}
	if err := makeFolder(dir); err != nil {
		return nil, fmt.Errorf("create case: %w", err)
	}
	if info, err := os.Stat(filepath.Join(dir, checkpointsName)); err == nil && info.Size() > 0 {
		return nil, fmt.Errorf("create case: %s has the checkpoints of a case: %w", dir, fs.ErrExist)
	}
	f, err := openWriter(context.Background(), dir, opts, true)
	if err != nil {
		return nil, fmt.Errorf("create case: %w", damaged(dir, err))
	}
	return f, nil
}

// Open opens a case. Where there is none, or where its creation was
// interrupted, the error is fs.ErrNotExist, and [Create] is what to do. To
// write, it takes the lock of the case, upgrades older tables after copying
// them, replays the ledger and refuses one that does not agree with its
// checkpoints.
func Open(dir string, opts Options) (*File, error) {
	if err := caseThere(dir); err != nil {
		return nil, fmt.Errorf("open case: %w", damaged(dir, err))
	}
	open := openReader
	if !opts.ReadOnly {
		if err := checkSigner(opts.Signer); err != nil {
			return nil, fmt.Errorf("open case: %w", err)
		}
		open = func(ctx context.Context, dir string, opts Options) (*File, error) {
			return openWriter(ctx, dir, opts, false)
		}
	}
	f, err := open(context.Background(), dir, opts)
	if err != nil {
		return nil, fmt.Errorf("open case: %w", damaged(dir, err))
	}
	return f, nil
}

func checkSigner(key crypto.Signer) error {
	if key == nil {
		return ErrNoSigner
	}
	if _, ok := key.Public().(ed25519.PublicKey); !ok {
		return fmt.Errorf("signing key is %T, not Ed25519", key.Public())
	}
	return nil
}

// caseThere fails with fs.ErrNotExist where there is no database of a case.
func caseThere(dir string) error {
	_, err := os.Stat(filepath.Join(dir, databaseName))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("no case in %s: %w", dir, fs.ErrNotExist)
	}
	return err
}

// errInterrupted is a case that Create did not finish.
var errInterrupted = fmt.Errorf("the creation of this case was interrupted: %w", fs.ErrNotExist)

// makeFolder makes the case folder for its owner alone. The mode of a folder
// that is there already is left to whoever made it; the files in it are
// private in any case.
func makeFolder(dir string) error {
	return disk.MakeFolder(dir)
}

func newFile(dir string, opts Options) *File {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Readers <= 0 {
		opts.Readers = 4
	}
	if opts.Tool == "" {
		opts.Tool = "firsthand"
	}
	return &File{Now: opts.Now, opts: opts, dir: dir, signed: -1}
}

func openReader(ctx context.Context, dir string, opts Options) (_ *File, err error) {
	f := newFile(dir, opts)
	defer func() {
		if err != nil {
			err = first(err, f.release())
		}
	}()
	if f.readers, err = openForReading(ctx, f.path(databaseName), f.opts.Readers); err != nil {
		return nil, err
	}
	if err := checkSQLiteVersion(ctx, f.readers); err != nil {
		return nil, err
	}
	have, err := schemaVersion(ctx, f.readers)
	if err != nil {
		return nil, err
	}
	latest, err := latestVersion(schema())
	if err != nil {
		return nil, err
	}
	if err := checkVersion(ctx, f.readers, have, latest); err != nil {
		return nil, err
	}
	switch {
	case have == 0:
		return nil, errInterrupted
	case have > latest:
		return nil, fmt.Errorf("%w: tables of version %d, this one knows %d", ErrNewerSchema, have, latest)
	case have < latest && errors.Is(f.readInfo(ctx, f.readers, have), errNoRecordedID):
		return nil, errInterrupted // between two steps of making its tables
	case have < latest:
		return nil, fmt.Errorf("%w: open it once for writing to upgrade it", ErrOlderSchema)
	}
	if err := f.readInfo(ctx, f.readers, have); errors.Is(err, errNoRecordedID) {
		return nil, errInterrupted
	} else if err != nil {
		return nil, err
	}
	f.cache = openCacheForReading(ctx, f.path(cacheName))
	return f, nil
}

func openWriter(ctx context.Context, dir string, opts Options, create bool) (_ *File, err error) {
	f := newFile(dir, opts)
	defer func() {
		if err != nil {
			err = first(err, f.release())
		}
	}()
	holder := fmt.Sprintf("%s, process %d, since %s", f.opts.Tool, os.Getpid(), f.Now().UTC().Format(time.RFC3339))
	if f.lock, err = lockCase(dir, holder); err != nil {
		return nil, err
	}
	// For its owner alone, for SQLite would make it readable by others. The files
	// beside it take its mode.
	if err := disk.Touch(f.path(databaseName)); err != nil {
		return nil, err
	}
	if f.writer, err = openDatabase(ctx, f.path(databaseName), readWrite, "full", 1); err != nil {
		return nil, err
	}
	if err := checkSQLiteVersion(ctx, f.writer); err != nil {
		return nil, err
	}
	version, err := migrate(ctx, f.writer, f.path(databaseName), schema())
	if err != nil {
		return nil, err
	}
	if err := f.identify(ctx, version, create); err != nil {
		return nil, err
	}
	if f.readers, err = openDatabase(ctx, f.path(databaseName), readOnly, "", f.opts.Readers); err != nil {
		return nil, err
	}
	if err := f.resumeLedger(ctx); err != nil {
		return nil, err
	}
	if err := f.keepExerciseMark(ctx); err != nil {
		return nil, err
	}
	if f.cache, err = openCache(ctx, f.path(cacheName)); err != nil {
		return nil, err
	}
	return f, nil
}

// identify reads who the case is, or begins it when it is being created.
func (f *File) identify(ctx context.Context, version int64, create bool) error {
	err := f.readInfo(ctx, f.writer, version)
	switch {
	case errors.Is(err, errNoRecordedID) && create:
		return f.begin(ctx, version)
	case errors.Is(err, errNoRecordedID):
		return errInterrupted
	case err != nil:
		return err
	case create:
		return fmt.Errorf("there is a case in %s already: %w", f.dir, fs.ErrExist)
	}
	f.signer, err = custody.NewSigner(custody.Origin(f.info.ID), f.opts.Signer)
	return err
}

// begin gives a new case its identity and its first, signed event.
func (f *File) begin(ctx context.Context, version int64) (err error) {
	var id [16]byte
	rand.Read(id[:])
	f.info = CaseInfo{ID: hex.EncodeToString(id[:]), Tool: f.opts.Tool, Schema: version, Dir: f.dir}
	if f.signer, err = custody.NewSigner(custody.Origin(f.info.ID), f.opts.Signer); err != nil {
		return err
	}
	f.log = custody.NewLog(f.info.ID)
	key, err := verifierText(f.info.ID, f.opts.Signer)
	if err != nil {
		return err
	}
	err = f.write(ctx, func(t *txn) error {
		event, err := t.event(custody.CaseCreated, nil, keyBody{Key: key})
		if err != nil {
			return err
		}
		f.info.Created = event.At
		_, err = t.exec("INSERT INTO case_info (one, id, created, tool) VALUES (1, ?, ?, ?)", f.info.ID, formatTime(event.At), f.info.Tool)
		return err
	})
	if err != nil {
		return err
	}
	_, err = f.checkpoint(ctx)
	return err
}

// row is what both pools and transactions can be asked.
type row interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func (f *File) readInfo(ctx context.Context, db row, version int64) error {
	var created string
	err := db.QueryRowContext(ctx, "SELECT id, created, tool FROM case_info").Scan(&f.info.ID, &created, &f.info.Tool)
	if errors.Is(err, sql.ErrNoRows) {
		return errNoRecordedID
	}
	if err != nil {
		return err
	}
	f.info.Schema, f.info.Dir = version, f.dir
	if f.info.Created, err = time.Parse(time.RFC3339Nano, created); err != nil {
		return &custody.BrokenError{Seq: 0, What: "time the case was made", Want: "a time", Got: created}
	}
	return nil
}

// Info is what the case says of itself.
func (f *File) Info() CaseInfo { return f.info }

// Close signs what is not signed yet, folds the write-ahead log into the
// database and lets the case go. A second Close does nothing.
func (f *File) Close() error {
	f.writing.Lock()
	defer f.writing.Unlock()
	if f.closed {
		return nil
	}
	var err error
	if f.writer != nil && f.failed == nil {
		ctx := context.Background()
		_, err = f.checkpoint(ctx)
		err = first(err, f.cache.truncate(ctx))
	}
	f.state.Lock()
	f.closed = true
	f.state.Unlock()
	if f.readers != nil {
		err = first(err, f.readers.Close()) // first, so that the log can be folded in
	}
	if f.writer != nil && f.failed == nil {
		err = first(err, f.truncateLog(context.Background()))
	}
	return f.ofDisk(first(err, f.release()))
}

// release lets go of whatever is open.
func (f *File) release() error {
	var errs []error
	if f.cache != nil {
		errs = append(errs, f.cache.close())
	}
	for _, db := range []*sql.DB{f.readers, f.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if f.lock != nil {
		errs = append(errs, f.lock.Close())
	}
	return errors.Join(errs...)
}

func (f *File) truncateLog(ctx context.Context) error {
	return f.ofDisk(truncateLog(ctx, f.writer))
}

// truncateLog folds the write-ahead log into the database. Readers may keep
// part of it for later, which is no error.
func truncateLog(ctx context.Context, db *sql.DB) error {
	var busy, frames, done int
	if err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &done); err != nil {
		return fmt.Errorf("fold in the write-ahead log: %w", err)
	}
	return nil
}

func (f *File) path(name ...string) string {
	return filepath.Join(append([]string{f.dir}, name...)...)
}

func formatTime(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }
