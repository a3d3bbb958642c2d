// Package purego stands in for github.com/ebitengine/purego, by a replace line
// in Firsthand's go.mod, wherever a dependency would load a library of the
// system into this process.
//
// The decoders for HEIC and AVIF (gen2brain) bring WebAssembly of their own and
// use purego only to prefer a system's libheif or libavif. Firsthand wants the
// same decoder on every machine, inside the limits of its workers; and the
// real purego alone makes a program depend on the system's C library, whose
// threads neither Landlock nor a limit on address space can be laid around.
// Every call here fails, upon which those packages take their own decoder.
package purego

import "errors"

// Modes of Dlopen, as dlfcn.h counts them. They have no effect.
const (
	RTLD_NOW    = 0x2
	RTLD_GLOBAL = 0x100
)

var errNotLoaded = errors.New("libraries of the system are not loaded")

// Dlopen always fails.
func Dlopen(string, int) (uintptr, error) { return 0, errNotLoaded }

// RegisterLibFunc always panics, which its callers expect of a missing
// function and recover from.
func RegisterLibFunc(any, uintptr, string) { panic(errNotLoaded) }
