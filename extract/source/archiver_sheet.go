package source

import (
	"bytes"
	"io"
	"path"
	"regexp"
	"strings"
)

// The columns of auto-archiver's sheet. People may rename them: the first name
// is the default, the second the name in its configuration.
var (
	linkColumn     = []string{"link", "url"}
	statusColumn   = []string{"archive status", "status"}
	locationColumn = []string{"archive location", "archive"}
	archivedColumn = []string{"archive date", "date"}
	uploadColumn   = []string{"upload timestamp", "timestamp"}
	titleColumn    = []string{"upload title", "title"}
	textColumn     = []string{"text content", "text"}
	hashColumn     = []string{"hash"}
	imageColumns   = []string{"screenshot", "thumbnail"}
)

func hasSheetColumns(c columnSet) bool {
	return c.any(linkColumn...) && c.any(locationColumn...) &&
		(c.any(statusColumn...) || c.any(uploadColumn...) || c.any(archivedColumn...))
}

// hasTableColumns reports the columns of what auto-archiver writes itself
// without a sheet (modules/csv_db/csv_db.py).
func hasTableColumns(c columnSet) bool {
	return len(c) == 3 && c.any("status") && c.any("metadata") && c.any("media")
}

func isArchiverSheet(head []byte) bool {
	return newTable(bytes.NewReader(head), head).header(hasSheetColumns)
}

func isArchiverTable(head []byte) bool {
	return newTable(bytes.NewReader(head), head).header(hasTableColumns)
}

// sheetReader reads a sheet that auto-archiver filled. Its times are traps:
// the upload time has "+00:00" stamped on whatever zone it is in, and the
// archive date is the archiving machine's clock under the same label. So
// neither is taken for UTC, unless the id of the post confirms it.
type sheetReader struct {
	out      *reading
	order    orderEvidence
	rows     []sheetRow
	pages    map[string]int // in each folder that was asked for
	open     tally          // times of unknown zone that are labelled UTC
	readings tally          // dates that can be read in two orders
}

// sheetRow is a row with files, before the order of its dates' numbers is
// known.
type sheetRow struct {
	files            []int
	post             archivedPost
	upload, archived string
}

func readArchiverSheet(out *reading, r io.Reader, head []byte, limit int64) {
	out.format = formatArchiverSheet
	s := sheetReader{out: out, pages: make(map[string]int)}
	t := newTable(&metered{r: r, total: limit, value: limit}, head)
	t.header(hasSheetColumns)
	t.each(out, s.row)
	s.finish()
}

// row finds the files of a row.
func (s *sheetReader) row(row tableRow) error {
	link := linkOf(row.cell(linkColumn...))
	locations := lines(row.cell(locationColumn...))
	if link == "" || len(locations) == 0 && row.cell(hashColumn...) == "" {
		if link != "" && row.cell(statusColumn...) != "" {
			s.out.omitted++ // "Archive failed", "nothing archived"
		}
		return nil
	}
	kept := sheetRow{
		post:   archivedPost{url: link, title: unquoted(row.cell(titleColumn...)), text: unquoted(row.cell(textColumn...))},
		upload: row.cell(uploadColumn...), archived: row.cell(archivedColumn...),
	}
	s.imagesApart(row)
	kept.files = s.files(locations, row.cell(hashColumn...))
	if len(kept.files) == 0 {
		s.out.absent.add(firstOf(append(locations, link)...))
		return nil
	}
	if len(s.rows) >= maxEntries {
		return errTooMany
	}
	for _, date := range []string{kept.upload, kept.archived} {
		if h, ok := sheetHead(date); ok {
			s.order.see(h)
		}
	}
	s.rows = append(s.rows, kept)
	return nil
}

// files finds what a row's cells name: one file by its address in each
// storage, by the start of its hash that the archiver names files after, or
// the media beside the page that it made of the whole post.
func (s *sheetReader) files(locations []string, hash string) []int {
	n, dir := s.out.names, s.out.dir
	if i, here := archivedFile(n, dir, locations...); here {
		if isMediaName(n.rels[i]) {
			return []int{i}
		}
		s.out.derived = append(s.out.derived, i)
		return s.besidePage(path.Dir(n.rels[i]))
	}
	if _, digits, found := strings.Cut(hash, ":"); found { // "SHA-256:…"
		if i, here := n.findHash(dir, digits); here == present {
			return []int{i}
		}
	}
	return nil
}

// besidePage finds the media in a folder that holds nothing but one page and
// what belongs to it.
func (s *sheetReader) besidePage(folder string) []int {
	n := s.out.names
	if _, known := s.pages[folder]; !known {
		s.pages[folder] = len(n.inside(folder, isPageName))
	}
	if folder == s.out.dir || s.pages[folder] != 1 {
		return nil
	}
	return n.media(folder, "")
}

func isPageName(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".html" || ext == ".htm"
}

// imagesApart sets apart the pictures that the archiver made.
func (s *sheetReader) imagesApart(row tableRow) {
	for _, column := range imageColumns {
		for _, written := range lines(row.cell(column)) {
			if i, here := archivedFile(s.out.names, s.out.dir, linkOf(written)); here {
				s.out.derived = append(s.out.derived, i)
			}
		}
	}
}

// finish reads the dates once the order of their numbers is known, and keeps
// the records.
func (s *sheetReader) finish() {
	s.order.backward = [dateOrders]int{} // the rows of a sheet are in any order
	orders := s.order.decide()
	for _, row := range s.rows {
		row.post.posted = s.time(row, orders)
		record := row.post.record()
		for _, i := range row.files {
			if err := s.out.add(entry{file: i, Record: record}); err != nil {
				s.out.stop(err, 0)
				break
			}
		}
	}
	if s.open.count > 0 {
		s.out.note("sidecar-zone-uncertain", Info, counted(s.open.count, "time", "times")+" such as "+quoted(s.open.first)+
			" are kept as of an unknown zone, because auto-archiver labels them UTC without converting them; state the zone of this source if it is known")
	}
	if s.readings.count > 0 {
		s.out.note("ambiguous-date-order", Warning, ambiguousDates(s.readings))
	}
}

// time is the upload time of a row, else when it was archived.
func (s *sheetReader) time(row sheetRow, orders []dateOrder) *PostTime {
	p := s.cell("auto-archiver:upload timestamp", row.upload, orders)
	if p == nil {
		if row.upload != "" {
			s.out.unusable.add(row.upload)
		}
		return archiveTime(s.cell("auto-archiver:archive date", row.archived, orders))
	}
	confirmedByID(p, row.post.url)
	if p.Local != "" && p.LocalEnd == "" && labelledUTC.MatchString(p.Raw) {
		s.open.add(p.Raw)
	}
	return atMidnight(p)
}

// labelledUTC matches the offset that the archiver stamps on.
var labelledUTC = regexp.MustCompile(`(?:\+00:?00|Z)$`)

// cell reads a time as the archiver writes it or as a spreadsheet shows it.
// "+00:00" is no zone here; another offset can only be one that a person or
// the platform stated.
func (s *sheetReader) cell(field, text string, orders []dateOrder) *PostTime {
	if text == "" {
		return nil
	}
	if p := fromText(field, scalar(labelledUTC.ReplaceAllString(text, "")), false); p != nil {
		p.Raw = text
		return p
	}
	h, ok := sheetHead(text)
	if !ok {
		return nil
	}
	p := h.time(orders)
	if p != nil {
		p.Field, p.Raw = field, text
		if p.LocalEnd != "" {
			s.readings.add(text)
		}
	}
	return p
}

// confirmedByID gives a time its zone where the post's id carries the same
// instant.
func confirmedByID(p *PostTime, address string) {
	_, id := postAddress(address)
	if host := webHost(address); p.Local == "" || (host != "x.com" && host != "twitter.com") {
		return
	}
	stated := fromText("", scalar(p.Local), true)
	exact := fromXID("", scalar(id))
	if stated == nil || exact == nil || stated.Instant.Sub(exact.Instant).Abs() > maxIDGap {
		return
	}
	p.Instant, p.Local = stated.Instant, ""
}

// sheetDate matches a date and clock as spreadsheets show them.
var sheetDate = regexp.MustCompile(`^(\d{1,4})([./-])(\d{1,2})([./-])(\d{1,4})(?:,? +(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)? ?([AaPp][Mm])?)?$`)

// sheetHead reads such a date in the form of a chat's.
func sheetHead(text string) (chatHead, bool) {
	m := sheetDate.FindStringSubmatch(text)
	if m == nil || m[2] != m[4] {
		return chatHead{}, false
	}
	h := chatHead{
		style:   headStyle{separator: m[2], yearFirst: len(m[1]) == 4, yearLast: len(m[5]) == 4},
		numbers: [3]int{decimal(m[1]), decimal(m[3]), decimal(m[5])},
		hour:    -1, raw: text,
	}
	if m[6] != "" {
		h.hour, h.minute, h.second = hourOf(decimal(m[6]), "", m[9]), decimal(m[7]), decimal(m[8])
		h.hasSecond = m[8] != ""
	}
	return h, h.hour < 24 && h.minute < 60 && h.second < 60
}

// lines are those of a cell that are not empty: the archiver writes one for
// each storage.
func lines(cell string) []string {
	var out []string
	for line := range strings.Lines(cell) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// formulaLink matches =HYPERLINK("address", "text") and =IMAGE("address").
var formulaLink = regexp.MustCompile(`(?i)^=(?:HYPERLINK|IMAGE)\( ?"([^"]+)"`)

// linkOf is the address in a cell.
func linkOf(cell string) string {
	if m := formulaLink.FindStringSubmatch(cell); m != nil {
		return m[1]
	}
	return cell
}

// unquoted takes off the apostrophe before a text that would else be a
// formula.
func unquoted(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.IndexByte("=+-@", cell[1]) >= 0 {
		return cell[1:]
	}
	return cell
}

// readArchiverTable reads what auto-archiver writes without a sheet: its
// records in cells, as Python shows them.
func readArchiverTable(out *reading, r io.Reader, head []byte, limit int64) {
	out.format = formatArchiverTable
	t := newTable(&metered{r: r, total: limit, value: limit}, head)
	t.header(hasTableColumns)
	t.each(out, func(row tableRow) error {
		a, err := archivedCells(row.cell("metadata"), row.cell("media"))
		if err != nil {
			out.broken.add(row.cell("metadata"))
			return nil
		}
		return a.attach(out)
	})
}
