package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// videoEndings are the names that hostile files which claim to be videos have.
var videoEndings = []string{".mp4", ".mov", ".3gp", ".m4v", ".avi", ".mkv", ".webm", ".gif", ".ts", ".ogv", ".flv", ".wmv", ".mpg"}

// hostileMemory is what all processes of a scan of hostile videos may hold
// together, in bytes; one that decodes is held to 700 MB by itself.
const hostileMemory = 2500 << 20

// hostileVideos scans the hostile files that claim to be videos: each must be
// an item or have a finding, and nothing may go on running.
func (v *videos) hostileVideos(engine string) error {
	folder := filepath.Join(v.work, "hostile-videos")
	n, err := v.gatherHostile(folder)
	if err != nil {
		return fmt.Errorf("video: gather hostile files: %w", err)
	}
	if n == 0 {
		fmt.Println("\n== video, hostile files: left out, there are none")
		return nil
	}
	fmt.Printf("\n== video, %d hostile files, %s engine\n", n, engine)
	failed, err := v.scanHostile(folder, engine, n)
	if err != nil {
		return fmt.Errorf("video: hostile files, %s: %w", engine, err)
	}
	return failure("video", failed)
}

// gatherHostile copies them under names that do not clash.
func (v *videos) gatherHostile(folder string) (n int, err error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return 0, err
	}
	top := filepath.Join(v.shared, "corpus/hostile")
	if _, err := os.Stat(top); err != nil {
		return 0, nil
	}
	err = filepath.WalkDir(top, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || !slices.Contains(videoEndings, strings.ToLower(filepath.Ext(path))) {
			return err
		}
		n++
		return copyFile(filepath.Join(folder, fmt.Sprintf("%03d-%s", n, d.Name())), path)
	})
	return n, err
}

func (v *videos) scanHostile(folder, engine string, n int) (failed []string, err error) {
	caseFolder := filepath.Join(v.work, "hostile-"+engine)
	scan, err := v.scan(caseFolder, []string{folder}, "--video", engine)
	if err != nil {
		return nil, err
	}
	fmt.Printf("scan: %s\n", scan)
	type listed struct{ Path string }
	seen := map[string]bool{}
	for _, listing := range []string{"items", "findings"} {
		rows, err := lines[listed](v.program, listing, "--case", caseFolder)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			seen[filepath.Base(r.Path)] = true
		}
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var lost []string
	for _, f := range files {
		if !seen[f.Name()] {
			lost = append(lost, f.Name())
		}
	}
	failed = append(failed, verdict(fmt.Sprintf("%s: hostile files that are an item or have a finding: %d of %d", engine, n-len(lost), n), len(lost) == 0)...)
	left := leftRunning(v.program)
	failed = append(failed, verdict(fmt.Sprintf("%s: processes left behind: %d", engine, left), left == 0)...)
	return append(failed, verdict(fmt.Sprintf("%s: memory of all processes: %d MB, at most %d MB", engine, scan.peak>>20, hostileMemory>>20), scan.peak <= hostileMemory)...), nil
}

// leftRunning counts processes of the program, a second after its end.
func leftRunning(program string) (n int) {
	time.Sleep(time.Second)
	links, _ := filepath.Glob("/proc/[0-9]*/exe") // none where there is no /proc
	for _, l := range links {
		if to, err := os.Readlink(l); err == nil && to == program {
			n++
		}
	}
	return n
}
