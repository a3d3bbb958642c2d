// Command apigen writes the client of the page, ui/src/api.gen.ts, from the
// table of routes in verify/workbench/api:
//
//	go run ./verify/workbench/apigen
//
// The table is the only source: a test fails while the file is stale.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/firsthand-media/firsthand/verify/workbench/api"
)

// client is where the generated file lies, from the top of the repository.
var client = filepath.Join("verify", "workbench", "ui", "src", "api.gen.ts")

func main() {
	if err := write(); err != nil {
		fmt.Fprintln(os.Stderr, "apigen: error:", err)
		os.Exit(1)
	}
}

func write() error {
	text, err := generate(api.Routes())
	if err != nil {
		return err
	}
	if err := os.WriteFile(client, []byte(text), 0o644); err != nil {
		return fmt.Errorf("write the client, from the top of the repository: %w", err)
	}
	return nil
}
