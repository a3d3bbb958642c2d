package casefile

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	goflag "flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/custody"
)

var (
	damageSeed = goflag.Uint64("damageseed", 7, "where the random damages of TestRandomDamage begin")
	damages    = goflag.Int("damages", 300, "how many random damages TestRandomDamage tries")
)

// liveCase is the files of a case as a crash leaves them: half of what was
// decided is in the write-ahead log alone, and all of it is signed.
func liveCase(t *testing.T) string {
	t.Helper()
	f, err := Open(fullCase(t), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i := range 12 {
		if _, err := f.Decide(t.Context(), verify.Decision{Kind: verify.Confirm, Incident: fmt.Sprint("i", i), By: "Олена", Reason: strings.Repeat("because ", i)}); err != nil {
			t.Fatal(err)
		}
	}
	dir := copyWhole(t, f.dir)
	for _, name := range []string{databaseName, databaseName + "-wal", checkpointsName} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() < 4096 && name != checkpointsName {
			t.Fatalf("%s: %v, %v", name, info, err)
		}
	}
	return dir
}

// copyWhole copies every file of a case, also those that hold nothing of it.
func copyWhole(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

// hurt damages bytes in one of seven ways and says how.
func hurt(r *rand.Rand, b []byte) ([]byte, string) {
	b = bytes.Clone(b)
	at := r.IntN(len(b))
	length := min(1+r.IntN(512), len(b)-at)
	switch r.IntN(7) {
	case 0:
		return b[:at], fmt.Sprintf("cut at %d of %d", at, len(b))
	case 1:
		clear(b[at : at+length])
		return b, fmt.Sprintf("%d bytes at %d made zero", length, at)
	case 2:
		b[at] ^= 1 << r.IntN(8)
		return b, fmt.Sprintf("a bit at %d flipped", at)
	case 3:
		clear(b[at:])
		return b, fmt.Sprintf("zero from %d of %d on", at, len(b))
	case 4:
		return slices.Concat(b[:at+length], b[at:]), fmt.Sprintf("%d bytes at %d doubled", length, at)
	case 5:
		other := r.IntN(len(b) - length + 1)
		for i := range length {
			b[at+i], b[other+i] = b[other+i], b[at+i]
		}
		return b, fmt.Sprintf("%d bytes at %d and %d change places", length, at, other)
	}
	for i := range length {
		b[at+i] = byte(r.Uint32())
	}
	return b, fmt.Sprintf("%d bytes at %d garbled", length, at)
}

// content is everything in the tables that verification speaks for.
func content(t *testing.T, dir string) (string, error) {
	t.Helper()
	db, err := openDatabase(context.Background(), filepath.Join(dir, databaseName), readOnly, "", 1)
	if err != nil {
		return "", err
	}
	defer db.Close()
	var out strings.Builder
	for _, c := range schemaColumns(t, db) {
		if derived[c.table] != "" || derived[c.String()] != "" || lastMayGo[c.table] != "" {
			continue
		}
		if err := dumpColumn(&out, db, c); err != nil {
			return "", err
		}
	}
	return out.String(), nil
}

func dumpColumn(out *strings.Builder, db *sql.DB, c column) error {
	rows, err := db.Query(fmt.Sprintf("SELECT hex(%s) FROM %s ORDER BY rowid", c.name, c.table))
	if err != nil {
		return err
	}
	defer rows.Close()
	fmt.Fprintln(out, c)
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		fmt.Fprintln(out, text)
	}
	return rows.Err()
}

// Whatever happens to the bytes of the database, its write-ahead log, the index of
// that, the checkpoints or the lock, either the same content is read or the damage is reported, before
// and after a writer was let at it; and a writer that opens it loses nothing.
func TestRandomDamage(t *testing.T) {
	dir := liveCase(t)
	files := make(map[string][]byte)
	names := []string{databaseName, databaseName + "-wal", checkpointsName, databaseName + "-shm", "case.lock"}
	for _, name := range names {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = b
	}
	whole, err := content(t, copyCase(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(*damageSeed, 300))
	tally := make(map[string]int)
	for i := range *damages {
		name := names[i%len(names)]
		b, how := hurt(random, files[name])
		hurtDir := t.TempDir()
		for _, n := range names {
			text := files[n]
			if n == name {
				text = b
			}
			if err := os.WriteFile(filepath.Join(hurtDir, n), text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		what := fmt.Sprintf("%d: %s: %s", i, name, how)
		outcome := judge(t, what, hurtDir, whole)
		tally[name+" "+outcome]++
		openForWriting(t, hurtDir)
		if again := judge(t, what+", after a writer", hurtDir, whole); again != outcome {
			t.Errorf("%s: %s, and after a writer %s", what, outcome, again)
		}
		os.RemoveAll(hurtDir)
	}
	t.Logf("%v", tally)
}

// openForWriting lets a writer mend what it mends.
func openForWriting(t *testing.T, dir string) {
	t.Helper()
	f, err := Open(dir, testOptions())
	if err == nil {
		err = f.Close()
	}
	if err != nil && faultTexts(err) == nil {
		t.Logf("not opened for writing: %v", err)
	}
}

// judge says whether a damage is harmless or reported, and fails on any other.
func judge(t *testing.T, what, dir, whole string) string {
	t.Helper()
	if err := verifyDir(t, dir); err != nil {
		var broken *custody.BrokenError
		if !errors.As(err, &broken) && !errors.Is(err, ErrNewerSchema) { // which the number of the version may come to say
			t.Errorf("%s: it is not reported as a fault: %v", what, err)
		}
		return "reported"
	}
	got, err := content(t, dir)
	if err != nil || got != whole {
		t.Errorf("%s: nothing is reported, and another content is read (%v): %q", what, err, firstDifferentLine(got, whole))
	}
	return "harmless"
}

func firstDifferentLine(a, b string) []string {
	left, right := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(left), len(right)) {
		if left[i] != right[i] {
			return slices.Concat(left[i:i+1], right[i:i+1])
		}
	}
	return nil
}
