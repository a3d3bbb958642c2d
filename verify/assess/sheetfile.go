package assess

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
)

// Filled is a sheet as a file brings it: for one item, named by path or
// SHA-256, or by nothing where the command line names it.
type Filled struct {
	Item       string     `json:"item"`
	Answers    []Answer   `json:"answers"`
	Claims     []Claim    `json:"claims"`
	Conclusion Conclusion `json:"conclusion"`
	Limits     string     `json:"limits"`
	Marks      *Marks     `json:"marks"`
	Done       bool       `json:"handed_in"`
}

// Bounds of a file of sheets.
const (
	MaxSheetFile = 16 << 20 // bytes
	maxFilled    = 100_000  // sheets, or rows
)

// ParseSheets reads a file of sheets. One that begins with { or [ is JSON: an
// object, a list of them or one a line. Any other is CSV, whose first row names
// its columns: item, question, step, answer, note, evidence, minutes, claim, grade, value,
// basis, conclusion, limits, graphic_level, handed_in; each row says one or more
// things of its item, evidence is key=value and basis text, both separated by
// semicolons. The question is for the person who fills the sheet in, and not
// read. Values are not checked here: see [Permit].
func ParseSheets(data []byte) ([]Filled, error) {
	if len(data) > MaxSheetFile {
		return nil, fmt.Errorf("the file of sheets is longer than %d bytes", MaxSheetFile)
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	text := bytes.TrimSpace(data)
	if len(text) == 0 {
		return nil, errors.New("the file of sheets is empty")
	}
	if text[0] == '{' || text[0] == '[' {
		return parseJSON(text)
	}
	return parseCSV(data)
}

func parseJSON(text []byte) ([]Filled, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	var out []Filled
	for {
		var err error
		if text[0] == '[' {
			err = d.Decode(&out)
		} else {
			var one Filled
			if err = d.Decode(&one); err == nil {
				out = append(out, one)
			}
		}
		switch {
		case errors.Is(err, io.EOF) && len(out) > 0:
			return out, nil
		case err != nil:
			return nil, fmt.Errorf("read sheet %d: %w", len(out)+1, err)
		case len(out) > maxFilled:
			return nil, fmt.Errorf("the file has more than %d sheets", maxFilled)
		case text[0] == '[':
			if _, err := d.Token(); !errors.Is(err, io.EOF) {
				return nil, errors.New("more follows after the list of sheets")
			}
			return out, nil
		}
	}
}

// columns are those of a CSV file of sheets.
func columns() []string {
	return []string{"item", "question", "step", "answer", "note", "evidence", "minutes", "claim", "grade", "value", "basis", "conclusion", "limits", "graphic_level", "handed_in"}
}

func parseCSV(data []byte) ([]Filled, error) {
	r := csv.NewReader(bytes.NewReader(data))
	r.TrimLeadingSpace = true
	head, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("read the first row of the sheet: %w", err)
	}
	for i := range head {
		head[i] = strings.ToLower(strings.TrimSpace(head[i]))
		if !slices.Contains(columns(), head[i]) || slices.Contains(head[:i], head[i]) {
			return nil, fmt.Errorf("column %d of the sheet is %q: columns are %s, each once", i+1, head[i], strings.Join(columns(), ", "))
		}
	}
	var out []Filled
	at := map[string]int{}
	for row := 2; ; row++ {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read row %d of the sheet: %w", row, err)
		}
		if row > maxFilled {
			return nil, fmt.Errorf("the sheet has more than %d rows", maxFilled)
		}
		cells := map[string]string{}
		for i, name := range head {
			cells[name] = plainCell(strings.TrimSpace(fields[i]))
		}
		i, ok := at[cells["item"]]
		if !ok {
			i = len(out)
			at[cells["item"]] = i
			out = append(out, Filled{Item: cells["item"]})
		}
		if err := out[i].row(cells); err != nil {
			return nil, fmt.Errorf("row %d of the sheet: %w", row, err)
		}
	}
	if len(out) == 0 {
		return nil, errors.New("the sheet has no rows below its columns")
	}
	return out, nil
}

// plainCell takes off the quote with which a spreadsheet keeps a cell from
// being a formula.
func plainCell(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune("=+-@", rune(cell[1])) {
		return cell[1:]
	}
	return cell
}

func (f *Filled) row(c map[string]string) error {
	if c["step"] == "" && (c["answer"] != "" || c["note"] != "" || c["evidence"] != "" || c["minutes"] != "") {
		return errors.New("an answer stands without a step")
	}
	if c["claim"] == "" && (c["grade"] != "" || c["value"] != "" || c["basis"] != "") {
		return errors.New("a grade stands without a claim")
	}
	if c["step"] != "" {
		a := Answer{Step: strings.ToUpper(c["step"]), Answer: Reply(strings.ToLower(c["answer"])), Note: c["note"]}
		var err error
		if a.Evidence, err = ParseEvidence(c["evidence"]); err != nil {
			return err
		}
		if m := c["minutes"]; m != "" {
			if a.Minutes, err = strconv.ParseFloat(m, 64); err != nil {
				return fmt.Errorf("%q is no number of minutes", m)
			}
		}
		f.Answers = append(f.Answers, a)
	}
	if c["claim"] != "" && c["grade"]+c["value"]+c["basis"] != "" { // else a row of a form that nobody filled in
		f.Claims = append(f.Claims, Claim{Claim: Subject(strings.ToLower(c["claim"])), Grade: Grade(strings.ToLower(c["grade"])), Value: source.Text(c["value"]), Basis: split(c["basis"])})
	}
	for _, s := range []struct {
		cell string
		to   *string
	}{{c["conclusion"], (*string)(&f.Conclusion)}, {c["limits"], &f.Limits}} {
		if s.cell != "" {
			*s.to = s.cell
		}
	}
	if g := c["graphic_level"]; g != "" {
		n, err := strconv.Atoi(g)
		if err != nil {
			return fmt.Errorf("%q is no graphic level", g)
		}
		f.Marks = &Marks{Graphic: &n}
	}
	if d := c["handed_in"]; d != "" {
		done, err := strconv.ParseBool(d)
		if err != nil {
			return fmt.Errorf("handed_in is %q: it is true or false", d)
		}
		f.Done = f.Done || done
	}
	return nil
}

// ParseEvidence reads pieces of evidence as a person types them, separated by
// semicolons: url=https://…, frame_ms=1200, file_region=0.1,0.2,0.5,0.6 and
// sat_image_date=2022-03-04.
func ParseEvidence(text string) ([]Evidence, error) {
	kinds := []string{"file_region=", "frame_ms=", "url=", "sat_image_date="}
	var parts []string
	for part := range strings.SplitSeq(text, ";") {
		begins := slices.ContainsFunc(kinds, func(k string) bool { return strings.HasPrefix(strings.TrimSpace(part), k) })
		switch {
		case begins:
			parts = append(parts, strings.TrimSpace(part))
		case len(parts) > 0: // a semicolon within an address
			parts[len(parts)-1] += ";" + part
		case strings.TrimSpace(part) != "":
			return nil, fmt.Errorf("%q is no evidence: it begins with one of %s", part, strings.Join(kinds, " "))
		}
	}
	var out []Evidence
	for _, part := range parts {
		e, err := parseEvidence(strings.TrimRight(part, "; \t"))
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

func parseEvidence(part string) (Evidence, error) {
	kind, value, _ := strings.Cut(part, "=")
	var e Evidence
	switch kind {
	case "url":
		e.URL = value
	case "sat_image_date":
		e.SatImageDate = value
	case "frame_ms":
		ms, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return e, fmt.Errorf("%q is no number of milliseconds", value)
		}
		e.FrameMS = &ms
	case "file_region":
		numbers := strings.Split(value, ",")
		if len(numbers) != 4 {
			return e, fmt.Errorf("%q is no region: it is x0,y0,x1,y1 in parts of the picture, from 0 to 1", value)
		}
		e.FileRegion = new([4]float64)
		for i, n := range numbers {
			v, err := strconv.ParseFloat(strings.TrimSpace(n), 64)
			if err != nil {
				return e, fmt.Errorf("%q is no region: %q is not a number", value, n)
			}
			e.FileRegion[i] = v
		}
	}
	return e, e.check()
}

// Act is the act that a filled sheet amounts to.
func (f *Filled) Act() Act {
	answers := slices.DeleteFunc(slices.Clone(f.Answers), func(a Answer) bool { // steps of a form that nobody filled in
		return a.Answer == "" && a.Note == "" && len(a.Evidence) == 0
	})
	return Act{Answers: answers, Claims: slices.Clone(f.Claims), Conclusion: f.Conclusion, Limits: f.Limits, Marks: f.Marks, Done: f.Done}
}
