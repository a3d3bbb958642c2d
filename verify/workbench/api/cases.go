package api

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/exercise"
)

func caseRoutes() []Route {
	return []Route{
		on("GET", "/api/cases", "cases", "The cases that are open and those that were lately: names only.", listCases),
		on("POST", "/api/cases/open", "openCase", "Opens the case in a folder.", openNamed),
		on("POST", "/api/cases/create", "createCase", "Makes an empty case in a folder and opens it.", createNamed),
		on("POST", "/api/cases/exercise", "exerciseCase", "Makes the built-in exercise where it is missing, and opens it. It takes about a minute the first time.", openExercise),
		on("POST", "/api/cases/close", "closeCase", "Lets a case go; it stays among the recent ones.", closeNamed),
		on("POST", "/api/cases/forget", "forgetCase", "Takes a case from the recent ones; the case itself is not touched.", forgetNamed),
		onCase("GET", "", "caseName", "The name of a case.", named),
		on("GET", "/api/folders", "folders", "The folders in a folder of this machine, to choose one.", listFolders),
	}
}

// CaseName is a case by name alone.
type CaseName struct {
	ID       string `json:"id"` // "" where it is not open
	Name     string `json:"name" say:"sentence.named"`
	Dir      string `json:"dir"`
	Exercise bool   `json:"exercise"` // not a real case
	Gone     bool   `json:"gone"`     // no longer there

	Posed *PosedName `json:"posed"` // of a case that is open: the exercise whose tasks it has, else null
}

// PosedName is an exercise with tasks by name, with the tools that they allow.
type PosedName struct {
	Title exercise.Words  `json:"title"`
	Tools []exercise.Tool `json:"tools"`
}

// exercise says that the case is not a real one.
func (c *Case) exercise() bool { return c.invented || casefile.IsExercise(c.Dir) }

func (c *Case) name() CaseName {
	n := CaseName{ID: c.ID, Name: c.Name(), Dir: c.Dir, Exercise: c.exercise()}
	e, err := c.tasks(context.Background())
	if err != nil || e == nil { // its own screen says what is wrong
		return n
	}
	n.Posed = &PosedName{Title: e.Title, Tools: []exercise.Tool{}}
	for i := range e.Tasks {
		for _, tool := range e.Tasks[i].Tools {
			if !slices.Contains(n.Posed.Tools, tool) {
				n.Posed.Tools = append(n.Posed.Tools, tool)
			}
		}
	}
	return n
}

func named(_ context.Context, c *Case, _ None) (CaseName, error) { return c.name(), nil }

// CaseList is the cases of this person.
type CaseList struct {
	Open   []CaseName `json:"open"`
	Recent []CaseName `json:"recent"` // not open now, the last one first
}

func listCases(_ context.Context, a *API, _ None) (CaseList, error) {
	out := CaseList{Open: []CaseName{}, Recent: []CaseName{}}
	for _, c := range a.Cases() {
		out.Open = append(out.Open, c.name())
	}
	recent, err := a.own.recent()
	if err != nil {
		return out, err
	}
	for _, r := range recent {
		if slices.ContainsFunc(out.Open, func(c CaseName) bool { return c.Dir == r.Dir }) {
			continue
		}
		out.Recent = append(out.Recent, CaseName{Name: r.Name, Dir: r.Dir, Exercise: casefile.IsExercise(r.Dir), Gone: !isCase(r.Dir)})
	}
	return out, nil
}

func isCase(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, casefile.DatabaseName))
	return err == nil && info.Mode().IsRegular()
}

// FolderIn names a folder of this machine.
type FolderIn struct {
	Dir string `json:"dir"`
}

func openNamed(_ context.Context, a *API, in FolderIn) (CaseName, error) {
	dir, err := wholePath(in.Dir)
	if err != nil {
		return CaseName{}, err
	}
	c, err := a.Open(dir)
	if err != nil {
		return CaseName{}, err
	}
	return c.name(), nil
}

// CreateIn says where a case is made: in a new folder of that name.
type CreateIn struct {
	Dir  string `json:"dir"`
	Name string `json:"name"`
}

func createNamed(_ context.Context, a *API, in CreateIn) (CaseName, error) {
	dir, err := wholePath(in.Dir)
	if err != nil {
		return CaseName{}, err
	}
	name := strings.TrimSpace(in.Name)
	if err := checkCaseName(name); err != nil {
		return CaseName{}, err
	}
	c, err := a.Create(filepath.Join(dir, name))
	if err != nil {
		return CaseName{}, err
	}
	return c.name(), nil
}

// longestCaseName is what all file systems take.
const longestCaseName = 100

// checkCaseName refuses what would be no folder of its own on some system.
func checkCaseName(name string) error {
	switch {
	case name == "":
		return refused("a case needs a name")
	case len(name) > longestCaseName:
		return refused("the name is longer than %d bytes", longestCaseName)
	case strings.ContainsAny(name, `/\:*?"<>|`), strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }):
		return refused("a name of a case has letters, figures and spaces; %q has others", name)
	case !filepath.IsLocal(name), strings.HasPrefix(name, "."), strings.HasSuffix(name, "."):
		return refused("%q cannot be the name of a case", name)
	}
	return nil
}

func openExercise(ctx context.Context, a *API, _ None) (CaseName, error) {
	if a.program.Exercise == nil {
		return CaseName{}, cannot("the exercise cannot be made here")
	}
	s, err := a.settings()
	if err != nil {
		return CaseName{}, err
	}
	dir, err := a.program.Exercise(ctx, filepath.Join(s.CaseFolder, "Exercise"), nil)
	if err != nil {
		return CaseName{}, unopened(s.CaseFolder, err)
	}
	c, err := a.Open(dir)
	if err != nil {
		return CaseName{}, err
	}
	return c.name(), nil
}

// CaseIn names a case that is open.
type CaseIn struct {
	ID string `json:"id"`
}

func closeNamed(_ context.Context, a *API, in CaseIn) (None, error) {
	return None{}, a.Shut(in.ID)
}

func forgetNamed(_ context.Context, a *API, in FolderIn) (None, error) {
	return None{}, a.own.forget(in.Dir)
}

// PathIn is the folder to list; "" begins where cases are kept, else at home.
type PathIn struct {
	Path   string `json:"path" in:"query"`
	Ending string `json:"ending" in:"query"` // of files that are listed too, as ".zip"; "" for none
}

// FolderList is what is in a folder.
type FolderList struct {
	Path      string     `json:"path"`
	Parent    string     `json:"parent"` // "" at the top
	IsCase    bool       `json:"is_case"`
	Folders   []Folder   `json:"folders"`
	Files     []FileHere `json:"files"`    // with the ending that was asked for
	Places    []Folder   `json:"places"`   // to begin at: home, drives
	LeftOff   int        `json:"left_off"` // folders and files that are not listed, for there are too many
	FreeBytes *int64     `json:"free_bytes"`
	Synced    string     `json:"synced" say:"sentence.case"`
}

// Folder is one that can be chosen.
type Folder struct {
	Name   string `json:"name"`
	Path   string `json:"path"`
	IsCase bool   `json:"is_case"`
}

// FileHere is a file that can be chosen.
type FileHere struct {
	Name string `json:"name"`
	Path string `json:"path"`
	Size int64  `json:"size"` // bytes
}

// mostFolders is how many folders, and how many files, one list shows.
const mostFolders = 500

// listFolders shows what this person may read, by name; hidden folders and
// links are left out.
func listFolders(_ context.Context, a *API, in PathIn) (FolderList, error) {
	out := FolderList{Folders: []Folder{}, Files: []FileHere{}, Places: places()}
	dir := in.Path
	if dir == "" {
		s, _ := a.settings() // the defaults do where they cannot be read
		dir = nearestFolder(s.CaseFolder)
	}
	dir, err := wholePath(dir)
	if err != nil {
		return out, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		e := refused("the folder %s cannot be read: %w", dir, errors.Unwrap(err))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			e = missing("there is no folder %s", dir)
		case errors.Is(err, fs.ErrPermission):
			e.Hint = "choose another folder, or ask for the right to read this one"
		}
		return out, e
	}
	out.Path, out.IsCase = dir, isCase(dir)
	if parent := filepath.Dir(dir); parent != dir {
		out.Parent = parent
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if !e.IsDir() {
			out.addFile(e, in.Ending)
			continue
		}
		if len(out.Folders) == mostFolders {
			out.LeftOff++
			continue
		}
		path := filepath.Join(dir, e.Name())
		out.Folders = append(out.Folders, Folder{Name: e.Name(), Path: path, IsCase: isCase(path)})
	}
	out.FreeBytes, out.Synced = roomAt(dir)
	return out, nil
}

// addFile lists a file that has the ending; "" is that of none.
func (l *FolderList) addFile(e fs.DirEntry, ending string) {
	if ending == "" || !e.Type().IsRegular() || !strings.EqualFold(filepath.Ext(e.Name()), ending) {
		return
	}
	info, err := e.Info()
	switch {
	case err != nil: // it has just gone
	case len(l.Files) == mostFolders:
		l.LeftOff++
	default:
		l.Files = append(l.Files, FileHere{Name: e.Name(), Path: filepath.Join(l.Path, e.Name()), Size: info.Size()})
	}
}

// places are where a person may begin to look.
func places() []Folder {
	list := []Folder{}
	add := func(name, path string) {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			list = append(list, Folder{Name: name, Path: path, IsCase: isCase(path)})
		}
	}
	if home, err := os.UserHomeDir(); err == nil {
		add("Home", home)
		for _, name := range []string{"Desktop", "Documents", "Downloads", "Pictures", "Videos"} {
			add(name, filepath.Join(home, name))
		}
	}
	for _, d := range drives() {
		add(d, d)
	}
	return list
}

// drives are the places where disks are put in on this system.
func drives() []string {
	var out []string
	for letter := 'C'; letter <= 'Z' && filepath.Separator == '\\'; letter++ {
		out = append(out, string(letter)+`:\`)
	}
	for _, dir := range []string{"/Volumes", "/media", "/run/media", "/mnt"} {
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	return out
}

// wholePath refuses what names no folder by itself.
func wholePath(dir string) (string, error) {
	if len(dir) > longestPath || strings.ContainsRune(dir, 0) {
		return "", refused("this is no path of a folder")
	}
	if !filepath.IsAbs(dir) {
		return "", refused("give the whole path of the folder, not %q", dir)
	}
	return filepath.Clean(dir), nil
}
