package exchange

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
)

// ArchiverImport is what auto-archiver (bellingcat/auto-archiver) saved: the
// files that its sheet, its own table or its records name and that are beside
// them. What the sheets say of a file is read by extract/source, as in any scan;
// here is only told which row has its files and which has not.
type ArchiverImport struct {
	Preview[string] // names of files

	name     string
	dir      string
	sidecars []string
}

// archiverFormats begin the names of the forms that extract/source reads.
const archiverFormats = "auto-archiver"

// ReadArchiver reads a folder that auto-archiver's files and its sheet are in, or
// the sheet alone, whose folder is then the one. A row without a file is a bad
// row that says why: nothing was archived, or the file is elsewhere.
func ReadArchiver(ctx context.Context, name string) (*ArchiverImport, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	a := &ArchiverImport{Preview: Preview[string]{Format: archiverFormats}, name: sourceName(name), dir: name}
	only := ""
	if !info.IsDir() {
		a.dir, only = filepath.Dir(name), filepath.Base(name)
	}
	inv, err := source.Read(ctx, source.Source{Name: a.name, Dir: a.dir}, source.Options{})
	if err != nil {
		return nil, err
	}
	for _, s := range inv.Sidecars {
		if strings.HasPrefix(s.Format, archiverFormats) && (only == "" || s.Rel == only) {
			a.sidecars = append(a.sidecars, s.Rel)
		}
	}
	if len(a.sidecars) == 0 {
		return nil, errors.New("there is no sheet, table or record of auto-archiver here whose files are beside it")
	}
	found := a.take(inv)
	return a, a.checkRows(ctx, found)
}

// take takes the files that the sidecars name, and gives them by address.
func (a *ArchiverImport) take(inv *source.Inventory) map[string]int {
	found := map[string]int{}
	for _, f := range inv.Files {
		for _, r := range f.Records {
			if !slices.Contains(a.sidecars, r.Sidecar) {
				continue
			}
			found[r.URL]++
			a.Take(len(a.Good)+1, strings.TrimSpace(f.Rel+" "+r.URL), f.Rel)
			break
		}
	}
	for _, l := range inv.Findings {
		if slices.Contains(a.sidecars, l.Rel) && l.Severity != source.Info {
			a.Refuse(0, l.Rel, "%s", l.Message)
		}
	}
	return found
}

// checkRows says of each row of a sheet that has no file why it has none, and
// names the import by its sheets and files.
func (a *ArchiverImport) checkRows(ctx context.Context, found map[string]int) error {
	root, err := os.OpenRoot(a.dir)
	if err != nil {
		return err
	}
	defer root.Close()
	digest := sha256.New()
	for _, rel := range a.sidecars {
		if err := ctx.Err(); err != nil {
			return err
		}
		data, err := readBounded(root.FS(), rel)
		if err != nil {
			return err
		}
		digest.Write(data)
		if !slices.Contains([]string{".csv", ".tsv", ".txt"}, strings.ToLower(path.Ext(rel))) {
			continue
		}
		a.checkSheet(rel, data, found)
	}
	for _, rel := range a.Values() {
		fmt.Fprintf(digest, "%s\n", rel)
	}
	a.Digest = hex.EncodeToString(digest.Sum(nil))
	return nil
}

// checkSheet goes through the rows of a sheet, whose header may stand below a
// title and whose cells a spreadsheet may have parted by semicolons or tabs.
func (a *ArchiverImport) checkSheet(rel string, data []byte, found map[string]int) {
	for _, comma := range ",;\t" {
		rows := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte(byteOrderMark))))
		rows.Comma, rows.FieldsPerRecord, rows.LazyQuotes = comma, -1, true
		var head *sheet
		for range maxRows {
			cells, err := rows.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				a.Refuse(0, rel, "%v", err)
				break
			}
			line, _ := rows.FieldPos(0)
			switch s := (&sheet{columns: cells}); {
			case head != nil:
				a.checkRow(sheetRow{line, cells}, head, found)
			case line > maxTitleLines:
			case s.column(archiverLink()...) >= 0 && (s.column(archiverStatus()...) >= 0 || s.column(archiverLocation()...) >= 0):
				head = &sheet{columns: slices.Clone(cells)}
			}
		}
		if head != nil {
			return
		}
	}
}

// maxTitleLines is how far down a header is looked for.
const maxTitleLines = 20

// The columns that matter here, under the names they have by default and in
// the configuration of auto-archiver.
func archiverLink() []string     { return []string{"link", "url"} }
func archiverStatus() []string   { return []string{"archive status", "status"} }
func archiverLocation() []string { return []string{"archive location", "archive"} }

func (a *ArchiverImport) checkRow(row sheetRow, head *sheet, found map[string]int) {
	url := unescapeCell(row.cell(head.column(archiverLink()...)))
	if links := linksIn(url); !isWebAddress(url) && len(links) > 0 { // =HYPERLINK("…")
		url = links[0]
	}
	if url != "" && found[url] == 0 {
		a.Refuse(row.line, url, "%s", withoutFile(row.cell(head.column(archiverStatus()...)), row.cell(head.column(archiverLocation()...))))
	}
}

// withoutFile says why a row has no file.
func withoutFile(status, location string) string {
	lower := strings.ToLower(status)
	switch {
	case location != "":
		return fmt.Sprintf("its file is not here; download it beside the sheet from %.200s", oneLine(location))
	case lower == "":
		return "it was not archived yet"
	case strings.Contains(lower, "in progress"):
		return "it was being archived when the sheet was saved"
	case strings.Contains(lower, "failed"), strings.Contains(lower, "nothing archived"), strings.Contains(lower, "no archiver"):
		return fmt.Sprintf("auto-archiver saved nothing of it: %.200s", oneLine(status))
	}
	return fmt.Sprintf("none of its files is here (%.200s)", oneLine(status))
}

// Unpack copies the files below a folder, under the names that they have, and
// the sheets with them, and gives it as a source. What was given is read only.
func (a *ArchiverImport) Unpack(ctx context.Context, into string, rename func(string) string) (source.Source, []BadRow, error) {
	dir := filepath.Join(into, a.name)
	l, err := newLaying(dir)
	if err != nil {
		return source.Source{}, nil, err
	}
	defer l.close()
	root, err := os.OpenRoot(a.dir)
	if err != nil {
		return source.Source{}, nil, err
	}
	defer root.Close()
	var bad []BadRow
	for i, rel := range append(a.Values(), a.sidecars...) {
		m, modified, err := memberOf(root, rel)
		if err == nil {
			err = l.put(ctx, rel, m, modified)
		}
		if end := ends(ctx, err); end != nil {
			return source.Source{}, nil, end
		}
		if err != nil {
			bad = append(bad, BadRow{i + 1, rel, err.Error()})
		}
	}
	return source.Source{Name: rename(a.name), Dir: dir}, bad, l.settle()
}

// memberOf is a file of a folder, with the time it was changed.
func memberOf(root *os.Root, rel string) (member, time.Time, error) {
	info, err := root.Lstat(rel)
	if err != nil {
		return member{}, time.Time{}, source.Reason(err)
	}
	if !info.Mode().IsRegular() {
		return member{}, time.Time{}, fs.ErrInvalid
	}
	open := func() (io.ReadCloser, error) {
		f, _, err := source.Open(root, source.File{Rel: rel})
		return f, err
	}
	return member{size: info.Size(), open: open}, info.ModTime(), nil
}
