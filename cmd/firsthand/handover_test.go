package main

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

// handover is the work on one case from its incidents to the bag that leaves
// the house, by the commands alone, as the README shows it.
type handover struct {
	*testing.T
	dir, folder string
	ids         []string        // of the two incidents
	items       []verify.Digest // all of theirs
}

// asWho lets another person, with a key of their own, type what follows.
func (h *handover) asWho(name string) {
	h.Setenv("XDG_CONFIG_HOME", filepath.Join(h.dir, "config-"+name))
}

// sheet is the checklist of some items as CSV, every claim held.
func (h *handover) sheet(name, note string) string {
	h.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write([]string{"item", "step", "answer", "note", "claim", "grade", "basis", "conclusion"})
	for _, d := range h.items {
		for _, step := range []string{"A1", "B1", "C1", "D1", "E1", "E2", "E3", "H"} {
			w.Write([]string{string(d), step, "pass", note, "", "", "", ""})
		}
		for _, claim := range []string{"where", "when", "what", "who", "integrity"} {
			w.Write([]string{string(d), "", "", "", claim, "probable", note, ""})
		}
		w.Write([]string{string(d), "", "", "", "", "", "", "verified"})
	}
	w.Flush()
	path := filepath.Join(h.dir, name+".csv")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		h.Fatal(err)
	}
	return path
}

// choose takes two incidents with several items and no recycled ones.
func (h *handover) choose() {
	h.Helper()
	digest := map[string]verify.Digest{}
	for _, it := range listing[verify.Line](h.T, "items", "--case", h.folder) {
		for _, p := range it.Sightings {
			digest[p] = it.SHA256
		}
	}
	for _, inc := range listing[verify.Incident](h.T, "incidents", "--case", h.folder) {
		var items []verify.Digest
		for _, m := range inc.Members {
			if d := digest[m.Path]; m.Counts() && !slices.Contains(items, d) {
				items = append(items, d)
			}
		}
		if len(h.ids) < 2 && len(items) >= 2 && len(items) <= 8 {
			h.ids, h.items = append(h.ids, inc.ID), append(h.items, items...)
		}
	}
	if len(h.ids) != 2 {
		h.Fatalf("the exercise has no two incidents to hand over, only %v", h.ids)
	}
}

// number is what the count sheet says of a row.
func (h *handover) number(list string) int {
	h.Helper()
	out := strings.TrimSpace(command(h.T, "count", "--case", h.folder, "--list", list))
	if out == "" {
		return 0
	}
	return strings.Count(out, "\n") + 1
}

// stock runs a command of the system in a folder and fails where it fails. It
// is passed over where the machine has no such tool.
func (h *handover) stock(dir, name string, args ...string) bool {
	h.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		h.Logf("%s is not on this machine", name)
		return false
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		h.Errorf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return true
}

// TestHandover goes from the exercise to a bag that a stranger checks without
// this program.
func TestHandover(t *testing.T) {
	if testing.Short() {
		t.Skip("decodes the whole exercise case")
	}
	h := &handover{T: t, dir: t.TempDir()}
	h.folder = filepath.Join(h.dir, "case")
	h.asWho("ada")
	command(t, "demo", "--no-serve", "--dir", h.dir, "--quiet")
	h.choose()

	command(t, "assess", "--from", h.sheet("ada", "three roofs match"), "--done", "--by", "Ada", "--case", h.folder)
	if n := h.number("verified"); n != 0 {
		t.Errorf("%d items are verified after one review", n)
	}
	h.asWho("bo")
	if seen := command(t, "assess", "--json", "--case", h.folder); strings.Contains(seen, "three roofs match") {
		t.Error("the second reviewer is shown the first sheet")
	}
	command(t, "assess", "--from", h.sheet("bo", "the bend of the brook"), "--blind", "--done", "--by", "Bo", "--case", h.folder)
	if n := h.number("verified"); n != len(h.items) {
		t.Errorf("%d items are verified after both reviews, want %d", n, len(h.items))
	}
	h.asWho("ada")
	for _, id := range h.ids {
		command(t, "incident", "confirm", id, "--reason", "reviewed twice", "--by", "Ada", "--case", h.folder)
		command(t, "incident", "record", id, "--set", "summary=Flood water in the valley", "--set", "area_type=Residential", "--set", "children_injured=1-2", "--by", "Ada", "--case", h.folder)
	}
	for list, want := range map[string]int{"confirmed": 2, "confirmed-verified": 2, "children": 2} {
		if n := h.number(list); n != want {
			t.Errorf("%d incidents are listed as %s, want %d", n, list, want)
		}
	}
	h.report()
	h.bag()
}

// report writes a dossier and the public form of the first incident.
func (h *handover) report() {
	dossier, public := filepath.Join(h.dir, "dossier.html"), filepath.Join(h.dir, "public.html")
	command(h.T, "report", "--case", h.folder, "--incident", h.ids[0], "--out", dossier)
	command(h.T, "report", "--case", h.folder, "--public", "--out", public)
	for path, says := range map[string]map[string]bool{
		dossier: {"three roofs match": true, "the bend of the brook": true, h.ids[0]: true, h.ids[1]: false, "two reviews agree": true},
		public:  {"three roofs match": false, "Ada": false, "What is left out": true, h.ids[0]: true, h.ids[1]: true, "witness": false},
	} {
		page, err := os.ReadFile(path)
		if err != nil {
			h.Fatal(err)
		}
		for words, want := range says {
			if bytes.Contains(page, []byte(words)) != want {
				h.Errorf("%s says %q: %v, want %v", filepath.Base(path), words, !want, want)
			}
		}
	}
}

// bag writes the case as a bag and checks a copy of it, far from the case, by
// tools that we did not write.
func (h *handover) bag() {
	bag, away := filepath.Join(h.dir, "bag"), filepath.Join(h.T.TempDir(), "bag")
	command(h.T, "export", "--case", h.folder, "--format", "bagit", "--out", bag)
	if err := os.CopyFS(away, os.DirFS(bag)); err != nil {
		h.Fatal(err)
	}
	for _, manifest := range []string{"manifest-sha256.txt", "tagmanifest-sha256.txt"} {
		h.stock(away, "sha256sum", "-c", "--quiet", manifest)
	}
	h.stock(away, "minisign", "-V", "-q", "-p", "keys/minisign.pub", "-m", "ledger/checkpoint", "-x", "ledger/checkpoint.minisig")
	command(h.T, "import", "--format", "bagit", "--dry-run", "--case", filepath.Join(h.dir, "other"), away)

	// One changed byte of one picture, and the same tools refuse it.
	changed := ""
	err := fs.WalkDir(os.DirFS(away), "data/objects", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && changed == "" {
			changed = path
		}
		return err
	})
	if err != nil || changed == "" {
		h.Fatalf("the bag has no pictures: %v", err)
	}
	path := filepath.Join(away, filepath.FromSlash(changed))
	picture, err := os.ReadFile(path)
	if err != nil {
		h.Fatal(err)
	}
	picture[len(picture)/2] ^= 1
	if err := os.Chmod(path, 0o600); err != nil {
		h.Fatal(err)
	}
	if err := os.WriteFile(path, picture, 0o600); err != nil {
		h.Fatal(err)
	}
	if tool, err := exec.LookPath("sha256sum"); err == nil {
		cmd := exec.Command(tool, "-c", "--quiet", "manifest-sha256.txt")
		cmd.Dir = away
		if cmd.Run() == nil {
			h.Error("sha256sum accepts a bag with a changed picture")
		}
	}
}
