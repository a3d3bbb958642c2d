package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/firsthand-media/firsthand/verify/gazetteer"
	"github.com/firsthand-media/firsthand/verify/report"
	"github.com/firsthand-media/firsthand/verify/search"
	"github.com/spf13/cobra"
)

func newSearchCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "search WORDS --case CASE",
		Short: "find items by their captions, names, notes and tags",
		Long: `Lists the items in whose texts all of the words stand: path, captions,
accounts, device, place names, tags, notes and descriptions. Capitals, accents,
vowel signs and the spellings of one letter (yo and ye, the forms of alef) make
no difference, and a part of a word is enough. Other forms of a Ukrainian,
Russian or Arabic word are found, and a place by any of its names: Kharkiv where
a caption speaks of Харкові. Quotes hold words together and take them as they
are.

The filters of the gallery do the same work here: source:NAME, type:video,
time:device, has:gps, tag:NAME, incident:ID and more, each with - before it for
what is not wanted (after -- on the command line).

    firsthand search жовтий автобус --case my-case
    firsthand search 'market type:video time:device' --case my-case
    firsthand search --case my-case -- market -source:loose-folder

Exit status: 0 done, also where nothing is found, 1 could not be done, 2 wrong
usage.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return g.search(cmd.Context(), asked(args)) },
	}
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	return cmd
}

// asked is the filter that arguments make. One alone is a filter as it is
// typed in the gallery; of several, each that holds spaces is one piece.
func asked(args []string) string {
	if len(args) == 1 {
		return args[0]
	}
	pieces := make([]string, len(args))
	for i, a := range args {
		pieces[i] = a
		if strings.ContainsAny(a, " \t") && !strings.Contains(a, `"`) {
			pieces[i] = search.Quote(a)
		}
	}
	return strings.Join(pieces, " ")
}

// searchLine is an item that was found, as JSON.
type searchLine struct {
	Path     source.Text   `json:"path"`
	Digest   verify.Digest `json:"sha256"`
	Kind     extract.Kind  `json:"kind"`
	BestTime *extract.Time `json:"best_time"`
	Sources  []string      `json:"sources"`
	Incident *string       `json:"incident"` // that counts it
	FoundIn  []string      `json:"found_in"` // path, caption, account, device, place, tag, note
	Text     *source.Text  `json:"text"`     // the first caption or note that holds a word
}

func (g *globalOptions) search(ctx context.Context, typed string) error {
	if _, err := readFilter(typed, nil); err != nil {
		return err
	}
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	filter, err := readFilter(typed, func() (*gazetteer.Gazetteer, error) { return file.Gazetteer(ctx) })
	if err != nil {
		return err
	}
	d, err := g.loadCase(ctx, file)
	if err != nil {
		return err
	}
	known, err := knownOf(ctx, file, d)
	if err != nil {
		return err
	}
	shelf := desk.NewStock(d.Items).Shelf(d.Items, known)
	n := 0
	for i := range d.Items {
		doc := &shelf.Documents[i]
		if !filter.Match(doc) {
			continue
		}
		n++
		if err := g.showFound(newSearchLine(&d.Items[i], doc, &filter, known.Marks[d.Items[i].Digest]), &filter); err != nil {
			return err
		}
	}
	g.term.note("%s", g.words().T("command.search.found", "n", n))
	return nil
}

// readFilter understands what was typed; an error says where it cannot be
// meant.
func readFilter(typed string, places search.Places) (search.Filter, error) {
	query, err := search.Parse(typed)
	if err == nil {
		var f search.Filter
		if f, err = search.Compile(query, places); err == nil {
			return f, nil
		}
	}
	var wrong *search.SyntaxError
	if errors.As(err, &wrong) && wrong.From < wrong.To && wrong.To <= len(typed) {
		err = fmt.Errorf("%q: %w", typed[wrong.From:wrong.To], err)
	}
	return search.Filter{}, usageError{err}
}

func knownOf(ctx context.Context, file *casefile.File, d desk.Loaded) (desk.Known, error) {
	k := desk.Known{Clusters: d.Clusters, Incidents: d.Incidents}
	var err error
	if k.Decisions, err = file.Decisions(ctx); err != nil {
		return k, fmt.Errorf("read the decisions of the case: %w", err)
	}
	if k.Reviews, err = file.Reviews(ctx); err != nil {
		return k, fmt.Errorf("read the assessments of the case: %w", err)
	}
	marks, err := file.Marks(ctx)
	if err != nil {
		return k, fmt.Errorf("read what was noted of files: %w", err)
	}
	k.Marks = verify.FoldMarks(marks)
	return k, nil
}

func newSearchLine(it *verify.Item, doc *search.Document, f *search.Filter, said verify.Marks) searchLine {
	line := searchLine{
		Path: source.Text(it.Path()), Digest: it.Digest, Kind: it.Media.Kind, BestTime: it.BestTime(it.Path()),
		Sources: doc.Sources, Incident: orNull(doc.Incident), FoundIn: f.Found(doc),
	}
	if t := said.Time; t != nil {
		line.BestTime = &t.Time
	}
	texts := []string{said.Described}
	for _, n := range said.Notes {
		texts = append(texts, n.Text)
	}
	for i := range it.Sightings {
		for _, r := range it.Sightings[i].Records {
			texts = append(texts, r.Text)
		}
	}
	if i := slices.IndexFunc(texts, f.Stands); i >= 0 {
		text := source.Text(texts[i])
		line.Text = &text
	}
	return line
}

// longestSnippet is how many characters of a text are shown.
const longestSnippet = 120

func (g *globalOptions) showFound(l searchLine, f *search.Filter) error {
	if g.jsonOut {
		return g.term.json(l)
	}
	g.term.printf("%s  %-8s  %s\n", shown(string(l.Path)), l.Kind, shown(report.TimeInWords(l.BestTime)))
	if l.Text != nil {
		g.term.printf("    %s\n", shown(snippet(string(*l.Text), f)))
	}
	return nil
}

// snippet is the first stretch of a text that holds one of the words.
func snippet(text string, f *search.Filter) string {
	all := []rune(strings.Join(strings.Fields(text), " "))
	for from := 0; ; from += longestSnippet / 2 {
		to := min(from+longestSnippet, len(all))
		part := string(all[from:to])
		if to == len(all) || f.Stands(part) {
			if from > 0 {
				part = "…" + part
			}
			if to < len(all) {
				part += "…"
			}
			return part
		}
	}
}
