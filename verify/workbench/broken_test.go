package workbench_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/firsthand-media/firsthand/verify/workbench"
	"github.com/firsthand-media/firsthand/verify/workbench/api"
)

// A fault of the program itself is said in words, told to who can report it, and
// leaves the workbench running.
func TestAFaultOfTheProgramEndsNothing(t *testing.T) {
	a := api.New(api.Program{Version: "test", By: "Ada", ConfigDir: t.TempDir(), Exercise: func(context.Context, string, func(ingest.Progress)) (string, error) {
		panic("no such thing")
	}})
	t.Cleanup(func() { _ = a.Close() })
	var told atomic.Value
	srv, err := workbench.New("127.0.0.1:0", workbench.Options{API: a, UI: built, Fault: func(err error) { told.Store(err.Error()) }})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- srv.Serve(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	c, home := client(), origin(t, srv.URL()).String()
	do(t, c, "GET", srv.URL(), nil)
	resp, body := do(t, c, "POST", home+"api/cases/exercise", func(r *http.Request) {
		r.Header.Set("Content-Type", "application/json")
		r.Body = io.NopCloser(strings.NewReader("{}"))
	})
	if resp.StatusCode != http.StatusInternalServerError || !strings.Contains(body, "fault") || !strings.Contains(body, "the case is unharmed") {
		t.Errorf("%s %s", resp.Status, body)
	}
	if text, _ := told.Load().(string); !strings.Contains(text, "exerciseCase: no such thing") || !strings.Contains(text, "broken_test.go") {
		t.Errorf("told: %q", text)
	}
	if resp, _ := do(t, c, "GET", home+"api/session", nil); resp.StatusCode != 200 {
		t.Errorf("after it: %s", resp.Status)
	}
}
