package exercise

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// handIn is what a learner of [mill] hands in.
func handIn(t testing.TB) HandIn {
	return HandIn{Format: Format, Exercise: "the-mill", Pack: strings.Repeat("b", 64), Name: "Олена 3", Minutes: 31, Hints: map[string]int{"trust": 2},
		Answers: somewhatRight(t), Ledger: Head{Size: 12, Root: "0123456789abcdef" + strings.Repeat("0", 48)}}
}

func written(t testing.TB, h HandIn) string {
	t.Helper()
	var b bytes.Buffer
	if err := h.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestHandInComesBack(t *testing.T) {
	e, _ := mill(t)
	h := handIn(t)
	got, err := ReadHandIn(strings.NewReader(written(t, h)))
	if err != nil {
		t.Fatal(err)
	}
	if err := got.Check(e); err != nil {
		t.Error(err)
	}
	if again := written(t, got); again != written(t, h) {
		t.Errorf("it does not come back: %s", again)
	}
	h.Answers, h.Hints = nil, nil
	if got, err := ReadHandIn(strings.NewReader(written(t, h))); err != nil || !reflect.DeepEqual(got, h) {
		t.Errorf("without answers: %+v, %v", got, err)
	}
}

func TestReadHandInRefuses(t *testing.T) {
	whole := written(t, handIn(t))
	for name, c := range map[string]struct{ text, want string }{
		"nothing":             {"", "as Firsthand writes it"},
		"half of it":          {whole[:len(whole)/2], "as Firsthand writes it"},
		"more after it":       {whole + "{}", "more after the end"},
		"a list":              {"[]", "as Firsthand writes it"},
		"null":                {"null", "as Firsthand writes it"},
		"a key more":          {strings.Replace(whole, "{", `{"path": "../../x",`, 1), "as Firsthand writes it"},
		"a key less":          {strings.Replace(whole, `"minutes": 31,`, "", 1), "as Firsthand writes it"},
		"a key twice":         {strings.Replace(whole, "{", `{"name": "x",`, 1), "stands twice"},
		"a key in capitals":   {strings.Replace(whole, `"name"`, `"NAME"`, 1), "as Firsthand writes it"},
		"a number too large":  {strings.Replace(whole, "31", "1e999", 1), "does not fit a double"},
		"a number as text":    {strings.Replace(whole, "31", `"31"`, 1), "as Firsthand writes it"},
		"minutes in parts":    {strings.Replace(whole, "31", "31.5", 1), "as Firsthand writes it"},
		"deep nesting":        {strings.Repeat("[", 100_000), "nested deeper"},
		"too large":           {whole + strings.Repeat(" ", LargestHandIn), "larger than 1048576 bytes"},
		"another format":      {strings.Replace(whole, `"format": 1`, `"format": 2`, 1), "format 2, this version of firsthand reads 1"},
		"a pack that is none": {strings.Replace(whole, "bbbb", "bb..", 1), "digest of its pack"},
		"a name of two lines": {strings.Replace(whole, "Олена 3", `Олена\n3`, 1), "characters that are seen"},
		"a name that hides":   {strings.Replace(whole, "Олена 3", `\u202eОлена`, 1), "characters that are seen"},
		"no name":             {strings.Replace(whole, "Олена 3", "", 1), "one line of text"},
		"an endless name":     {strings.Replace(whole, "Олена 3", strings.Repeat("я", 61), 1), "at most 60 characters"},
		"negative minutes":    {strings.Replace(whole, "31", "-31", 1), "nobody works"},
		"no ledger":           {strings.Replace(whole, `"size": 12`, `"size": 0`, 1), "how far the ledger"},
		"not UTF-8":           {strings.Replace(whole, "Олена", "\xff", 1), "not valid Unicode"},
		"a lone surrogate":    {strings.Replace(whole, "Олена", `\ud800`, 1), "not valid Unicode"},
	} {
		_, err := ReadHandIn(strings.NewReader(c.text))
		wantError(t, name, err, c.want)
	}
	_, err := ReadHandIn(&failing{})
	if !errors.Is(err, errFailing) {
		t.Errorf("a stick that was pulled: %v", err)
	}
}

var errFailing = errors.New("input/output error")

type failing struct{}

func (*failing) Read([]byte) (int, error) { return 0, errFailing }

func TestHandInCheck(t *testing.T) {
	e, _ := mill(t)
	for want, spoil := range map[string]func(*HandIn){
		`answers exercise "other"`:             func(h *HandIn) { h.Exercise = "other" },
		`3 hints of task "trust"`:              func(h *HandIn) { h.Hints["trust"] = 3 },
		`1 hints of task "x"`:                  func(h *HandIn) { h.Hints["x"] = 1 },
		"answers task who, subject all twice":  func(h *HandIn) { h.Answers = append(h.Answers, h.Answers[2]) },
		"subject all twice, or with nothing":   func(h *HandIn) { h.Answers[2].Chosen = nil },
		`there is no task "../x"`:              func(h *HandIn) { h.Answers[0].Task = "../x" },
		"nobody works 100001 minutes":          func(h *HandIn) { h.Minutes = 100_001 },
		"does not begin or end with a space":   func(h *HandIn) { h.Name = " Ada" },
		"answer to task where, subject gate: ": func(h *HandIn) { h.Answers[5].Where.RadiusM = -1 },
	} {
		h := clone(t, handIn(t))
		spoil(&h)
		wantError(t, want, h.Check(e), want)
	}
}

func TestHandInFileName(t *testing.T) {
	for name, want := range map[string]string{
		"Олена 3": "the-mill-олена-3-01234567.answers.json", "../../etc/passwd": "the-mill-etc-passwd-01234567.answers.json",
		"نور": "the-mill-نور-01234567.answers.json", "---": "the-mill-learner-01234567.answers.json", "CON": "the-mill-con-01234567.answers.json",
	} {
		h := handIn(t)
		h.Name = name
		if got := h.FileName(); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// FuzzReadHandIn: whatever is read as a hand-in is written as the same one, can be
// checked and scored without a panic, and has a name that is shown in one line.
func FuzzReadHandIn(f *testing.F) {
	whole := written(f, handIn(f))
	f.Add([]byte(whole))
	f.Add([]byte(strings.Replace(whole, "{", `{"x":1,`, 1)))
	f.Add([]byte(`{"format":1}`))
	e, k := mill(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := ReadHandIn(bytes.NewReader(data))
		if err != nil {
			return
		}
		text := written(t, h)
		again, err := ReadHandIn(strings.NewReader(text))
		if err != nil || written(t, again) != text {
			t.Fatalf("it does not come back: %v", err)
		}
		if !utf8.ValidString(h.Name) || strings.ContainsAny(h.Name, "\n\r\x1b") || strings.ContainsAny(h.FileName(), `/\:`) && h.Check(e) == nil {
			t.Fatalf("name %q, file %q", h.Name, h.FileName())
		}
		if h.Check(e) != nil {
			return
		}
		if s := Mark(e, k, h.Answers); s.Points < 0 || s.Points > float64(s.Of) {
			t.Fatalf("%v of %v points", s.Points, s.Of)
		}
		Agree(e, [][]Answer{h.Answers, h.Answers})
	})
}
