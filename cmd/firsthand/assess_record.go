package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/spf13/cobra"
)

const recordHelp = `Writes what people know of an incident into its record: a sentence, the day and
place, areas and weapons from the standard lists, casualties as ranges, who is
said to have done it, sources. Each change is an entry of the ledger; of each
field the latest stands, and an entry can be taken back.

    firsthand incident record I-3fa21c --case my-case --by Ada \
        --set "summary=Shelling of a residential block" --set date_start=2024-05-01 \
        --set area_type=residential --set "weapon_system=Cluster munitions" \
        --set killed=2-5 --set children_injured=1 --set casualties.grade=fair
    firsthand incident record CIV-0042 --new --set country=Ukraine --case my-case --by Ada
    firsthand incident record I-3fa21c --take-back 57 --case my-case --by Ada
    firsthand incident record I-3fa21c --case my-case
    firsthand incident record --case my-case --json

--new makes an incident by hand, which may have no file, no place and no time.
Lists are separated by semicolons; an empty value empties the field. People are
counted as 3, 2-5, 2- (at least) or -5 (at most), for all (killed, injured) and
apart for children_, women_, men_ and medical_staff_. items takes files of the
case. sources takes addresses, or HIDDEN, or a list in JSON. --fields lists the
fields with the values that they can take.

Without --set it shows the record, and without an ID those of all incidents.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`

// recordOptions are the flags of firsthand incident record.
type recordOptions struct {
	set      []string
	fresh    bool
	fields   bool
	takeBack int64
}

func newRecordCommand(g *globalOptions) *cobra.Command {
	var o recordOptions
	cmd := &cobra.Command{
		Use:   "record [ID] --case CASE [--set FIELD=VALUE...]",
		Short: "the record of an incident: day, place, areas, weapons, casualties, sources",
		Long:  recordHelp,
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id := strings.Join(args, "")
			switch {
			case o.fields:
				return g.listFields()
			case len(o.set) == 0 && o.takeBack == 0 && !o.fresh:
				return g.showRecords(cmd.Context(), id)
			case id == "":
				return usagef("name the incident whose record is written")
			}
			return g.writeRecord(cmd.Context(), id, o)
		},
	}
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	f := cmd.Flags()
	f.String("by", "", "your name")
	f.StringArrayVar(&o.set, "set", nil, "FIELD=VALUE; may be repeated")
	f.BoolVar(&o.fresh, "new", false, "make an incident by hand")
	f.BoolVar(&o.fields, "fields", false, "list the fields")
	f.Int64Var(&o.takeBack, "take-back", 0, "an entry of the ledger, of this record, that does not hold")
	return cmd
}

func (g *globalOptions) writeRecord(ctx context.Context, id string, o recordOptions) error {
	by := strings.TrimSpace(g.settings.string("by"))
	if by == "" {
		return withHint(usagef("a record needs the name of who writes it"), "add --by NAME, or set by: in firsthand.yaml")
	}
	if o.takeBack != 0 && (len(o.set) > 0 || o.fresh) {
		return usagef("--take-back stands alone")
	}
	file, err := g.writeCase()
	if err != nil {
		return err
	}
	defer file.Close()
	inc, written, err := g.recorded(ctx, file, id)
	switch {
	case err != nil:
		return err
	case inc == nil && !o.fresh:
		return withHint(fmt.Errorf("there is no incident %s in this case", id), "firsthand incidents --case %s lists them; --new makes one by hand", g.caseDir)
	case inc != nil && o.fresh:
		return fmt.Errorf("there is an incident %s already", inc.ID)
	}
	change := assess.Change{Incident: id, TakesBack: o.takeBack}
	if o.takeBack == 0 {
		if change, err = g.setFields(ctx, file, inc, written, id, o); err != nil {
			return err
		}
	}
	if inc != nil {
		change.Incident, change.Subjects = inc.ID, inc.Items()
	}
	change.By = by
	made, err := file.RecordIncidents(ctx, change)
	if err != nil {
		return err
	}
	if g.jsonOut {
		return g.printRecords(ctx, file, made[0].Incident)
	}
	g.term.printf("the record of %s is written (entry %d of the ledger, by %s)\n", made[0].Incident, made[0].Seq, shown(by))
	return nil
}

// recorded finds an incident, nil where there is none, and its record.
func (g *globalOptions) recorded(ctx context.Context, file *casefile.File, id string) (*assess.Incident, assess.Record, error) {
	all, err := allIncidents(ctx, file)
	if err != nil {
		return nil, assess.Record{}, err
	}
	i := slices.IndexFunc(all, func(i assess.Incident) bool { return strings.EqualFold(i.ID, id) })
	if i < 0 {
		return nil, assess.Record{Incident: id}, nil
	}
	return &all[i], all[i].Record, nil
}

// allIncidents gives the candidates with what was decided, and the incidents by
// hand and from imports, each with its record.
func allIncidents(ctx context.Context, file *casefile.File) ([]assess.Incident, error) {
	candidates, err := desk.Decided(ctx, file)
	if err != nil {
		return nil, err
	}
	records, err := file.Records(ctx)
	if err != nil {
		return nil, err
	}
	return assess.Incidents(candidates, records), nil
}

// setFields is the change that --set asks for.
func (g *globalOptions) setFields(ctx context.Context, file *casefile.File, inc *assess.Incident, was assess.Record, id string, o recordOptions) (assess.Change, error) {
	is := was
	if inc == nil {
		is = assess.Record{Incident: id, Origin: assess.Manual, Status: verify.Candidate}
	}
	for _, text := range o.set {
		field, value, ok := strings.Cut(text, "=")
		if !ok {
			return assess.Change{}, usagef("%q sets nothing: it is written as FIELD=VALUE", text)
		}
		var err error
		if strings.TrimSpace(field) == "items" {
			if value, err = g.digests(ctx, file, value); err != nil {
				return assess.Change{}, err
			}
		}
		if inc != nil && inc.Proposed && strings.TrimSpace(field) == "status" {
			return assess.Change{}, withHint(usagef("%s is confirmed or rejected by a decision", inc.ID), "firsthand incident confirm %s --reason TEXT", inc.ID)
		}
		if is, err = is.Set(field, value); err != nil {
			return assess.Change{}, withHint(usageError{err}, "firsthand incident record --fields --case %s lists the fields", g.caseDir)
		}
	}
	if err := is.Check(); err != nil {
		return assess.Change{}, usageError{err}
	}
	change, differs, err := assess.Diff(was, is)
	if err == nil && !differs {
		err = fmt.Errorf("the record of %s says so already", id)
	}
	return change, err
}

// digests names files of the case by their SHA-256.
func (g *globalOptions) digests(ctx context.Context, file *casefile.File, names string) (string, error) {
	var out []string
	for name := range strings.SplitSeq(names, ";") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		d, err := g.item(ctx, file, name)
		if err != nil {
			return "", err
		}
		out = append(out, string(d))
	}
	return strings.Join(out, ";"), nil
}

func (g *globalOptions) showRecords(ctx context.Context, id string) error {
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	return g.printRecords(ctx, file, id)
}

// recordLine is the record of an incident as --json writes it.
type recordLine struct {
	assess.Record
	Status   verify.Status     `json:"status"`   // what was decided, for a candidate too
	Proposed bool              `json:"proposed"` // by the grouping
	Children assess.YesNo      `json:"children_casualties"`
	Changes  []recordEntryLine `json:"changes"`
}

// recordEntryLine is one change of a record.
type recordEntryLine struct {
	Entry     int64    `json:"entry"`
	At        string   `json:"at"`
	By        string   `json:"by"`
	Fields    []string `json:"fields"`
	TakesBack *int64   `json:"takes_back"`
	Erased    bool     `json:"erased"`
}

// printRecords shows the records of one incident, or of all that have one.
func (g *globalOptions) printRecords(ctx context.Context, file *casefile.File, id string) error {
	all, err := allIncidents(ctx, file)
	if err != nil {
		return err
	}
	changes, err := file.IncidentChanges(ctx)
	if err != nil {
		return err
	}
	found := false
	for i := range all {
		inc := &all[i]
		if id != "" && !strings.EqualFold(inc.ID, id) || id == "" && inc.Record.UpdatedAt.IsZero() {
			continue
		}
		found = true
		line := newRecordLine(inc, changes)
		if g.jsonOut {
			err = g.term.json(line)
		} else {
			err = g.printRecord(line)
		}
		if err != nil {
			return err
		}
	}
	if !found && id != "" {
		return withHint(fmt.Errorf("there is no incident %s in this case", id), "firsthand incidents --case %s lists them", g.caseDir)
	}
	return nil
}

func newRecordLine(inc *assess.Incident, changes []assess.Change) recordLine {
	l := recordLine{Record: inc.Record, Status: inc.Status, Proposed: inc.Proposed, Children: inc.Record.ChildCasualties(), Changes: []recordEntryLine{}}
	for _, c := range changes {
		if !strings.EqualFold(c.Incident, inc.ID) {
			continue
		}
		e := recordEntryLine{Entry: c.Seq, At: c.At.UTC().Format("2006-01-02T15:04:05Z"), By: c.By, Fields: append([]string{}, c.Sets...), Erased: c.Erased}
		if c.TakesBack != 0 {
			e.TakesBack = &c.TakesBack
		}
		l.Changes = append(l.Changes, e)
	}
	return l
}
