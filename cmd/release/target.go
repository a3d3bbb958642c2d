package main

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
)

// target is what a program is built for.
type target struct{ os, arch string }

func (t target) String() string { return t.os + "/" + t.arch }

// host is this machine.
func host() target { return target{runtime.GOOS, runtime.GOARCH} }

// allTargets are those of a release.
var allTargets = []target{
	{"linux", "amd64"}, {"linux", "arm64"}, {"darwin", "amd64"}, {"darwin", "arm64"}, {"windows", "amd64"}, {"windows", "arm64"},
}

// parseTargets reads all, host, none or a list.
func parseTargets(list string) ([]target, error) {
	switch list {
	case "all":
		return slices.Clone(allTargets), nil
	case "host":
		return []target{host()}, nil
	case "none":
		return nil, nil
	}
	var out []target
	for _, name := range strings.Split(list, ",") {
		i := slices.IndexFunc(allTargets, func(t target) bool { return t.String() == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no target %q: give all, host, none or some of %v", name, allTargets)
		}
		out = append(out, allTargets[i])
	}
	return out, nil
}

// program is the name of the program's file.
func (t target) program() string {
	if t.os == "windows" {
		return "firsthand.exe"
	}
	return "firsthand"
}
