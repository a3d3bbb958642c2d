package source

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"sort"
	"strings"
)

// maxFolderDepth bounds the folders inside one another; deeper ones are
// reported. It lies far above real trees and below what makes each step of a
// walk costly.
const maxFolderDepth = 512

// walk is one pass over a source's folder.
type walk struct {
	root    *os.Root
	found   []File
	skipped int // files that operating systems leave behind
	reports []Located
}

// folder reads one folder and all below it. The result's order does not
// depend on the file system's.
func (w *walk) folder(ctx context.Context, rel string, depth int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if depth > maxFolderDepth {
		w.report(rel, "too-deep", Warning, fmt.Sprintf("folder lies more than %d folders deep and was not read", maxFolderDepth))
		return nil
	}
	names, err := w.names(rel)
	if err != nil {
		// What was read before the failure is kept.
		w.report(rel, "unreadable", Error, "folder could not be read in full: "+Reason(err).Error())
	}
	for _, name := range names {
		if err := w.entry(ctx, path.Join(rel, name), depth); err != nil {
			return err
		}
	}
	return nil
}

// names lists a folder without os.File.ReadDir, whose states are taken by
// path and could be led out of the root by an exchanged folder.
func (w *walk) names(rel string) ([]string, error) {
	dir, err := w.root.OpenFile(rel, os.O_RDONLY|openFlags, 0)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	sort.Strings(names)
	return names, err
}

func (w *walk) entry(ctx context.Context, rel string, depth int) error {
	info, err := w.root.Lstat(rel)
	if err != nil {
		w.report(rel, "unreadable", Error, "file could not be read: "+Reason(err).Error())
		return nil
	}
	switch mode := info.Mode(); {
	case mode.IsDir():
		return w.folder(ctx, rel, depth+1)
	case mode&fs.ModeSymlink != 0:
		w.report(rel, "link-not-followed", Warning, w.linkMessage(rel))
	case !mode.IsRegular():
		w.report(rel, "not-a-regular-file", Warning, fmt.Sprintf("entry is %s and was not opened", kindOf(mode)))
	case isLeftBehind(path.Base(rel)):
		w.skipped++
	default:
		w.found = append(w.found, File{Rel: rel, Size: info.Size(), ModTime: info.ModTime().UTC(), Mode: mode})
	}
	return nil
}

func (w *walk) linkMessage(rel string) string {
	target, err := w.root.Readlink(rel)
	if err != nil {
		return "entry is a link and was not followed"
	}
	return fmt.Sprintf("entry is a link to %s and was not followed", quoted(target))
}

func (w *walk) report(rel, code string, severity Severity, message string) {
	if rel == "." {
		rel = ""
	}
	w.reports = append(w.reports, Located{Rel: rel, Finding: Finding{Code: code, Severity: severity, Message: message}})
}

// isLeftBehind reports names that file managers write beside people's files:
// folder views, thumbnails, and AppleDouble halves.
func isLeftBehind(name string) bool {
	return name == ".DS_Store" || strings.HasPrefix(name, "._") ||
		strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
}
