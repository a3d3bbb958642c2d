package video

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"codeberg.org/gruf/go-ffmpreg/wasm"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/experimental"

	"github.com/firsthand-media/firsthand/extract/sandbox"
)

// Op is the name under which a worker offers [EmbeddedHandler].
const Op = "video"

const (
	wasmFolder = "/in"
	wasmFile   = "x"
	wasmInput  = wasmFolder + "/" + wasmFile
	wasmPage   = 64 << 10
	// wasmMemory is what one decoder may use: enough for 8K H.264 and HEVC, and
	// with the 120 MiB that hold it, half a gibibyte for a worker.
	wasmMemory = 352 << 20
)

// EmbeddedHandler returns the worker's side of the embedded engine. Compiled
// code is kept in cacheDir, which only the user must be able to write; ""
// compiles anew in each worker, which takes 15 seconds.
func EmbeddedHandler(cacheDir string) sandbox.Handler {
	w := &wasmEngine{cacheDir: cacheDir}
	return func(ctx context.Context, r sandbox.Request, emit func([]byte) error) ([]byte, error) {
		var req request
		if err := json.Unmarshal(r.Params, &req); err != nil {
			return nil, fmt.Errorf("read the request: %w", err)
		}
		if err := w.compile(ctx, emit); err != nil {
			return nil, fmt.Errorf("load the embedded decoder: %w", err)
		}
		if req.Prepare {
			return json.Marshal(reply{Uncached: w.uncached})
		}
		rep, err := w.decode(ctx, req, oneFile{wasmFile, r.File, r.Size}, emit)
		if err != nil {
			return nil, err
		}
		return json.Marshal(rep)
	}
}

// wasmEngine is ffmpeg compiled from WebAssembly, once in the life of a worker.
type wasmEngine struct {
	cacheDir string

	mu       sync.Mutex
	runtime  wazero.Runtime
	module   wazero.CompiledModule
	uncached bool
}

// compile loads the module, from the cache where it is there. While it takes
// long it emits empty messages as a sign of life.
func (w *wasmEngine) compile(ctx context.Context, emit func([]byte) error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.module != nil {
		return nil
	}
	alive := time.NewTicker(500 * time.Millisecond)
	defer alive.Stop()
	done := make(chan error, 1)
	go func() { done <- w.load(ctx) }()
	for {
		select {
		case err := <-done:
			return err
		case <-alive.C:
			if err := emit(nil); err != nil {
				return err
			}
		}
	}
}

func (w *wasmEngine) load(ctx context.Context) error {
	if runtime.GOARCH != "amd64" && runtime.GOARCH != "arm64" {
		return fmt.Errorf("there is no compiler for %s", runtime.GOARCH)
	}
	err := w.build(ctx, w.cacheDir)
	if err != nil && w.cacheDir != "" {
		// A damaged cache is made anew, and one that cannot be written costs
		// time only.
		w.dropCache()
		if err = w.build(ctx, w.cacheDir); err != nil {
			err = w.build(ctx, "")
		}
	}
	if err != nil {
		return err
	}
	// Compiling is over and no byte of a file was decoded yet: from here on
	// the worker needs no folder, and compiled code is safe from it.
	sandbox.Seal()
	debug.FreeOSMemory()
	return nil
}

// build compiles the module, with a cache unless the folder is "".
func (w *wasmEngine) build(ctx context.Context, cacheDir string) error {
	// No WithCloseOnContextDone: it makes the code 3 times slower, and the
	// program kills the whole worker anyway.
	cfg := wazero.NewRuntimeConfigCompiler().WithMemoryLimitPages(wasmMemory / wasmPage)
	if cacheDir != "" {
		if err := os.MkdirAll(cacheDir, 0o700); err != nil {
			return err
		}
		cache, err := wazero.NewCompilationCacheWithDir(cacheDir)
		if err != nil {
			return err
		}
		cfg = cfg.WithCompilationCache(cache)
	}
	unpacked, err := unpackModule()
	if err != nil {
		return err
	}
	rt, err := wasm.NewRuntime(ctx, cfg)
	if err != nil {
		return err
	}
	module, err := rt.CompileModule(experimental.WithCompilationWorkers(ctx, runtime.GOMAXPROCS(0)), unpacked)
	if err != nil {
		return errors.Join(err, rt.Close(ctx))
	}
	w.runtime, w.module, w.uncached = rt, module, cacheDir == ""
	return nil
}

// dropCache removes what wazero wrote, and nothing else.
func (w *wasmEngine) dropCache() {
	theirs, _ := filepath.Glob(filepath.Join(w.cacheDir, "wazero-*")) // the pattern is sound
	for _, dir := range theirs {
		_ = os.RemoveAll(dir) // the next attempt tells
	}
}

// decode works on one file.
func (w *wasmEngine) decode(ctx context.Context, req request, file oneFile, emit func([]byte) error) (reply, error) {
	req.Plan = req.Plan.withDefaults()
	run := func(args []string, in io.Reader, out io.Writer, log io.Writer) (uint32, error) {
		return w.run(ctx, args, file, in, out, log)
	}
	d := dialect{passthrough: []string{"-vsync", "0"}}
	rep, broke, err := conduct(req, []string{"-i", wasmInput}, d, run, emit)
	if broke != nil {
		return reply{}, broke
	}
	if err != nil && rep.Said == "" {
		rep.Said = plain(err.Error())
	}
	return rep, nil
}

// run starts one instance of the module. It sees one file and no other, no
// environment and no network.
func (w *wasmEngine) run(ctx context.Context, args []string, file oneFile, in io.Reader, out, log io.Writer) (uint32, error) {
	ctx = experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(newMemory))
	return wasm.Run(ctx, w.runtime, w.module, wasm.Args{
		Name: "ffmpeg", Args: args, Stdin: in, Stdout: out, Stderr: log,
		Config: func(cfg wazero.ModuleConfig) wazero.ModuleConfig {
			return cfg.WithFSConfig(wazero.NewFSConfig().WithFSMount(file, wasmFolder)).
				WithSysWalltime().WithSysNanotime().WithSysNanosleep()
		},
	})
}
