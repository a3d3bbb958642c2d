package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// room is one of the two places where everything is built. What differs
// between them must not show in what comes out.
type room struct {
	tree  string // a copy of the repository's files
	umask string
	env   []string
	cold  []target // compiled under an empty cache
	docs  []entry  // manual pages and completions, once they are written
}

const (
	uiFolder   = "verify/workbench/ui"
	distFolder = "verify/workbench/dist"
)

// twoRooms copies the tree into two folders and builds the page in each.
func twoRooms(ctx context.Context, o order, work string) (first, second *room, err error) {
	env, err := sharedEnv(ctx, o.root)
	if err != nil {
		return nil, nil, err
	}
	first = &room{tree: filepath.Join(work, "a", "firsthand"), umask: "022"}
	first.env = append(slices.Clone(env), "TZ=UTC", "LANG=C", "HOME="+filepath.Join(work, "a", "home"))
	second = &room{tree: filepath.Join(work, "second room", "of another depth", "tree"), umask: "077", cold: o.cold}
	second.env = append(slices.Clone(env), "TZ=Asia/Kathmandu", "LANG=uk_UA.UTF-8", "HOME="+filepath.Join(work, "b", "at-home"), "USER=somebody-else")
	var pages [][]entry
	for _, r := range []*room{first, second} {
		if err := copyTree(ctx, o.root, r.tree); err != nil {
			return nil, nil, err
		}
		page, err := r.buildPage(ctx)
		if err != nil {
			return nil, nil, err
		}
		pages = append(pages, page)
	}
	if differ := differences(pages[0], pages[1]); len(differ) > 0 {
		return nil, nil, fmt.Errorf("the page was built twice, and these differ: %s", strings.Join(differ, ", "))
	}
	say("page of %d files, equal twice", len(pages[0]))
	return first, second, nil
}

// sharedEnv is what both rooms are told: nothing that a person may have set for
// the build, and where downloaded modules and packages are kept.
func sharedEnv(ctx context.Context, root string) ([]string, error) {
	var env []string
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		if strings.HasPrefix(name, "GO") && name != "GOMAXPROCS" || strings.HasPrefix(name, "CGO") || strings.HasPrefix(name, "LC_") ||
			slices.Contains([]string{"TZ", "LANG", "LANGUAGE", "HOME", "USER", "NODE_ENV", "NODE_OPTIONS", "MAKEFLAGS", "MAKELEVEL", "MFLAGS"}, name) {
			continue
		}
		env = append(env, v)
	}
	ask := exec.CommandContext(ctx, "go", "env", "GOMODCACHE", "GOPROXY", "GOSUMDB", "GOCACHE")
	ask.Dir = root
	out, err := ask.Output()
	found := strings.Split(strings.TrimRight(string(out), "\n"), "\n")
	if err != nil || len(found) != 4 {
		return nil, errors.Join(errors.New("go env does not answer: is Go installed?"), err)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return nil, err
	}
	stamp, err := readStamp(ctx, root)
	return append(env, "GOMODCACHE="+found[0], "GOPROXY="+found[1], "GOSUMDB="+found[2], "GOCACHE="+found[3],
		"GOFLAGS=-mod=readonly", "GOTOOLCHAIN=local", "GOWORK=off", "GOEXPERIMENT=", "GOAMD64=v1", "GOARM64=v8.0", "CGO_ENABLED=0",
		"npm_config_cache="+filepath.Join(home, ".npm"), "npm_config_userconfig="+filepath.Join(home, ".npmrc"),
		fmt.Sprintf("SOURCE_DATE_EPOCH=%d", stamp.at.Unix())), err
}

// copyTree copies the files that git knows or would know.
func copyTree(ctx context.Context, root, to string) error {
	list, err := git(ctx, root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	if err != nil {
		return err
	}
	for _, name := range strings.Split(strings.TrimRight(list, "\x00"), "\x00") {
		data, err := os.ReadFile(filepath.Join(root, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed, and not yet from the index
		}
		if err != nil {
			return err
		}
		path := filepath.Join(to, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// run runs a command in the room and gives its output. What it says besides is
// shown when it fails.
func (r *room) run(ctx context.Context, env []string, dir, name string, args ...string) ([]byte, error) {
	shell := append([]string{"-c", `umask "$0" && exec "$@"`, r.umask, name}, args...)
	cmd := exec.CommandContext(ctx, "sh", shell...)
	cmd.Dir, cmd.Env = filepath.Join(r.tree, dir), append(slices.Clone(r.env), env...)
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s%s", filepath.Base(name), strings.Join(args, " "), err, errs.String(), out)
	}
	return out, nil
}

// buildPage builds the page of the workbench, which the program then holds.
func (r *room) buildPage(ctx context.Context) ([]entry, error) {
	if _, err := exec.LookPath("npm"); err != nil {
		return nil, errors.New("a release holds the interface, which Node and npm build: install Node 20.19, 22.12 or newer")
	}
	if _, err := r.run(ctx, nil, uiFolder, "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"); err != nil {
		return nil, err
	}
	if _, err := r.run(ctx, nil, uiFolder, "npm", "run", "--silent", "build", "--", "--logLevel", "warn"); err != nil {
		return nil, err
	}
	page, err := readFolder(filepath.Join(r.tree, distFolder), "")
	page = slices.DeleteFunc(page, func(e entry) bool { return e.name == ".gitkeep" })
	if err == nil && !slices.ContainsFunc(page, func(e entry) bool { return e.name == "index.html" }) {
		err = errors.New("the build of the interface left no index.html")
	}
	return page, err
}

// page is the page that was built.
func (r *room) page() ([]entry, error) { return readFolder(filepath.Join(r.tree, distFolder), "") }

// build compiles the program and says where it is.
func (r *room) build(ctx context.Context, t target, s stamp) (string, error) {
	out := filepath.Join(filepath.Dir(r.tree), "programs", t.os+"-"+t.arch, t.program())
	if _, err := os.Stat(out); err == nil {
		return out, nil
	}
	env := []string{"GOOS=" + t.os, "GOARCH=" + t.arch}
	if slices.Contains(r.cold, t) {
		cache := filepath.Join(filepath.Dir(r.tree), "cache")
		env = append(env, "GOCACHE="+cache)
		defer os.RemoveAll(cache)
	}
	// Tracebacks stay whole without the symbol and debugger tables.
	_, err := r.run(ctx, env, ".", "go", "build", "-trimpath", "-buildvcs=false", "-tags", "nodynamic",
		"-ldflags", "-s -w "+s.variables(), "-o", out, "./cmd/firsthand")
	return out, err
}
