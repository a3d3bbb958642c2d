package api

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/firsthand-media/firsthand/verify/casefile"
)

func importRoutes() []Route {
	return []Route{
		onCase("GET", "/scan", "scan", "Where the scan of a case stands.", scanStanding),
		onCase("POST", "/scan/start", "startScan", "Begins to read folders into the case; those that it has are read again where none are named.", startScan),
		onCase("POST", "/scan/pause", "pauseScan", "Has the scan wait. It goes on where it stopped.", pauseScan),
		onCase("POST", "/scan/resume", "resumeScan", "Lets a scan go on that waits, was stopped or failed.", resumeScan),
		onCase("POST", "/scan/stop", "stopScan", "Ends the scan. What was read stays in the case.", stopScan),
		onCase("GET", "/sources", "sources", "The sources of a case, with what is known of each.", listSources),
		onCase("POST", "/sources/say", "saySource", "Notes how a source was obtained and the zone of its clocks.", saySource),
	}
}

// ScanIn is what a person asks to have read.
type ScanIn struct {
	Sources []SourceIn `json:"sources"` // none: those that the case has
	Video   string     `json:"video"`   // auto, native, embedded, off; "" as the settings say
	Collect bool       `json:"collect"` // copies the originals into the case, too
}

// SourceIn is a folder to read, and what a person knows of it.
type SourceIn struct {
	Dir      string `json:"dir"`
	Name     string `json:"name"`     // "" for that of the folder
	Obtained string `json:"obtained"` // how the files came here
	Zone     string `json:"zone"`     // of clocks that state none, "" leaves them open
	Moved    bool   `json:"moved"`    // the source of this name lies in another folder than before
}

// Settings of a case that begin so say something of one source.
const (
	obtainedSetting = "obtained."
	zoneSetting     = "zone."
)

// Bounds of what is said of a source.
const (
	longestObtained = 2000 // letters
	mostSources     = 100  // in one order
)

func startScan(ctx context.Context, c *Case, in ScanIn) (ScanStanding, error) {
	if c.api.program.Scan == nil {
		return ScanStanding{}, cannot("nothing can be read here")
	}
	if !slices.Contains([]string{"", "auto", "native", "embedded", "hostile", "off"}, in.Video) {
		return ScanStanding{}, refused("there is no way %q to read videos", in.Video)
	}
	v, err := c.View(ctx)
	if err != nil {
		return ScanStanding{}, err
	}
	if len(in.Sources) == 0 {
		for _, s := range v.Sources {
			in.Sources = append(in.Sources, SourceIn{Dir: s.Dir, Name: s.Name})
		}
		if len(in.Sources) == 0 {
			return ScanStanding{}, refused("choose a folder: the case has no source yet")
		}
	}
	order := ScanOrder{Video: in.Video, Collect: in.Collect, Names: map[string]string{}}
	kept := map[string]string{}
	if len(in.Sources) > mostSources {
		return ScanStanding{}, refused("at most %d folders can be read at once", mostSources)
	}
	for _, s := range in.Sources {
		if err := order.take(s, v.Sources, kept); err != nil {
			return ScanStanding{}, err
		}
	}
	if err := c.scan.begin(order); err != nil {
		return ScanStanding{}, err
	}
	if err := c.keep(ctx, kept); err != nil {
		c.scan.drop()
		return ScanStanding{}, err
	}
	c.scan.run(c)
	return c.standing(ctx)
}

// take adds one folder to the order, and to kept what the case is to remember
// of it.
func (o *ScanOrder) take(in SourceIn, known []casefile.SourceInfo, kept map[string]string) error {
	dir, err := wholePath(in.Dir)
	if err != nil {
		return err
	}
	if problem := notFolder(dir); problem != nil {
		return problem
	}
	name := strings.TrimSpace(in.Name)
	if name == "" {
		name = filepath.Base(dir)
	}
	if err := checkSourceName(name); err != nil {
		return err
	}
	for _, s := range known {
		switch {
		case s.Dir == dir && s.Name != name:
			return clash("keep that name, so that the paths of its files stay", "the case has this folder as the source %s", s.Name)
		case s.Name == name && s.Dir != dir && !in.Moved:
			return clash("choose another name; or say that it is the same source and was moved", "the case has a source %s from another folder, %s", name, s.Dir)
		}
	}
	for _, other := range o.Folders {
		if other == dir || o.Names[other] == name {
			return clash("name each folder once, each with a name of its own", "two of these folders are the same or would have the same name")
		}
	}
	o.Folders, o.Names[dir] = append(o.Folders, dir), name
	return keepSaid(in, name, kept)
}

// keepSaid notes what a person said of a source.
func keepSaid(in SourceIn, name string, kept map[string]string) error {
	if utf8.RuneCountInString(in.Obtained) > longestObtained {
		return refused("how the files came here is longer than %d letters", longestObtained)
	}
	if text := strings.TrimSpace(in.Obtained); text != "" {
		kept[obtainedSetting+name] = text
	}
	if in.Zone == "" {
		return nil
	}
	if _, err := time.LoadLocation(in.Zone); err != nil || in.Zone == "Local" {
		return refused("there is no time zone %q; names are those of the IANA database, as Europe/Kyiv or UTC", in.Zone)
	}
	kept[zoneSetting+name] = in.Zone
	return nil
}

// notFolder says why a path cannot be read as a folder, nil where it can.
func notFolder(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		e := missing("there is no folder %s", dir)
		e.Hint = "check the path; if it is on a disk or a stick, plug it in"
		return e
	case errors.Is(err, os.ErrPermission):
		e := refused("the folder %s cannot be read: %w", dir, os.ErrPermission)
		e.Hint = "ask for the right to read it, or copy the files to a folder of your own"
		return e
	case err != nil:
		return refused("the folder %s cannot be read: %w", dir, err)
	case !info.IsDir():
		return refused("%s is a file; give the folder that holds it", dir)
	}
	return nil
}

// checkSourceName refuses what could not be the first part of a path.
func checkSourceName(name string) error {
	switch {
	case name == "" || name == "." || name == ".." || name == string(filepath.Separator):
		return refused("a source needs a name")
	case len(name) > longestName:
		return refused("the name of a source is longer than %d bytes", longestName)
	case !utf8.ValidString(name), strings.ContainsAny(name, `/\`), strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }):
		return refused("the name of a source has no slashes and no control characters; %q has", name)
	}
	return nil
}

// keep writes settings of the case.
func (c *Case) keep(ctx context.Context, settings map[string]string) error {
	if len(settings) == 0 {
		return nil
	}
	return c.Writing(ctx, func(f *casefile.File) error {
		for _, key := range slices.Sorted(maps.Keys(settings)) {
			if err := f.Set(ctx, key, settings[key]); err != nil {
				return err
			}
		}
		return nil
	})
}

func pauseScan(ctx context.Context, c *Case, _ None) (ScanStanding, error) {
	if err := c.scan.halt(scanPaused); err != nil {
		return ScanStanding{}, err
	}
	return c.standing(ctx)
}

func stopScan(ctx context.Context, c *Case, _ None) (ScanStanding, error) {
	if err := c.scan.halt(scanStopped); err != nil {
		return ScanStanding{}, err
	}
	return c.standing(ctx)
}

func resumeScan(ctx context.Context, c *Case, _ None) (ScanStanding, error) {
	if err := c.scan.again(); err != nil {
		return ScanStanding{}, err
	}
	c.scan.run(c)
	return c.standing(ctx)
}

func scanStanding(ctx context.Context, c *Case, _ None) (ScanStanding, error) { return c.standing(ctx) }
