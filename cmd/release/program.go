package main

import (
	"bytes"
	"debug/buildinfo"
	"debug/elf"
	"debug/macho"
	"debug/pe"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// checkProgram looks into a built program: that it is the one its name says,
// needs no library of the system that cgo would bring, and holds the page.
func checkProgram(path string, data []byte, t target, page []entry) (*buildinfo.BuildInfo, error) {
	info, err := buildinfo.ReadFile(path)
	if err != nil {
		return nil, err
	}
	want := map[string]string{"GOOS": t.os, "GOARCH": t.arch, "CGO_ENABLED": "0", "-trimpath": "true", "-tags": "nodynamic"}
	for _, s := range info.Settings {
		if w, ok := want[s.Key]; ok && w == s.Value {
			delete(want, s.Key)
		}
	}
	for key, value := range want {
		return nil, fmt.Errorf("the program was not built with %s=%s", key, value)
	}
	machine, libraries, err := header(data, t.os)
	if err != nil {
		return nil, fmt.Errorf("read the header of the program: %w", err)
	}
	if want := machines[t]; machine != want {
		return nil, fmt.Errorf("the program is for %s, not %s", machine, want)
	}
	for _, l := range libraries {
		if !slices.Contains(systemLibraries[t.os], strings.ToLower(l)) {
			return nil, fmt.Errorf("the program needs the library %s", l)
		}
	}
	return info, holdsPage(data, page)
}

// machines are what the headers of programs call the processors.
var machines = map[target]string{
	{"linux", "amd64"}: elf.EM_X86_64.String(), {"linux", "arm64"}: elf.EM_AARCH64.String(),
	{"darwin", "amd64"}: macho.CpuAmd64.String(), {"darwin", "arm64"}: macho.CpuArm64.String(),
	{"windows", "amd64"}: fmt.Sprintf("%#x", pe.IMAGE_FILE_MACHINE_AMD64), {"windows", "arm64"}: fmt.Sprintf("%#x", pe.IMAGE_FILE_MACHINE_ARM64),
}

// systemLibraries are those that every Go program of a system is bound to. On
// Linux there is none.
var systemLibraries = map[string][]string{
	"darwin": {
		"/usr/lib/libsystem.b.dylib", "/usr/lib/libresolv.9.dylib",
		"/system/library/frameworks/corefoundation.framework/versions/a/corefoundation",
		"/system/library/frameworks/security.framework/versions/a/security",
	},
	"windows": {"kernel32.dll"},
}

// header reads for which processor a program is and which libraries it is
// bound to.
func header(data []byte, system string) (machine string, libraries []string, err error) {
	r := bytes.NewReader(data)
	switch system {
	case "linux":
		f, err := elf.NewFile(r)
		if err != nil {
			return "", nil, err
		}
		libraries, err = f.ImportedLibraries()
		if slices.ContainsFunc(f.Progs, func(p *elf.Prog) bool { return p.Type == elf.PT_INTERP }) {
			libraries = append(libraries, "the dynamic loader")
		}
		return f.Machine.String(), libraries, err
	case "darwin":
		f, err := macho.NewFile(r)
		if err != nil {
			return "", nil, err
		}
		libraries, err = f.ImportedLibraries()
		return f.Cpu.String(), libraries, err
	case "windows":
		f, err := pe.NewFile(r)
		if err != nil {
			return "", nil, err
		}
		// ImportedLibraries of this package gives none; symbols name theirs.
		symbols, err := f.ImportedSymbols()
		for _, s := range symbols {
			_, library, _ := strings.Cut(s, ":")
			libraries = append(libraries, library)
		}
		return fmt.Sprintf("%#x", f.Machine), libraries, err
	}
	return "", nil, fmt.Errorf("no headers of %s are known", system)
}

var referred = regexp.MustCompile(`(?:src|href)="/([^"]+)"`)

// holdsPage looks for the page in the bytes of a program: for index.html and
// all that it begins with. Names alone would not do, since the page of another
// day has others.
func holdsPage(data []byte, page []entry) error {
	held := map[string][]byte{}
	for _, e := range page {
		held[e.name] = e.data
	}
	index, ok := held["index.html"]
	if !ok {
		return errors.New("the page has no index.html")
	}
	needed := []string{"index.html"}
	for _, m := range referred.FindAllSubmatch(index, -1) {
		needed = append(needed, string(m[1]))
	}
	if len(needed) < 3 {
		return fmt.Errorf("index.html names no script and style: %q", needed)
	}
	for _, name := range needed {
		text, ok := held[name]
		if !ok || !bytes.Contains(data, text) {
			return fmt.Errorf("the program does not hold %s of the interface", name)
		}
	}
	return nil
}
