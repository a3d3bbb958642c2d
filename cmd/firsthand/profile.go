package main

import (
	"fmt"
	"os"
	"runtime/pprof"

	"github.com/spf13/cobra"
)

// profileFlag adds a hidden flag that writes where the program's own time
// went, for developers. The workers' time is not in it.
func profileFlag(cmd *cobra.Command) {
	cmd.Flags().String("cpuprofile", "", "write a CPU profile of this process to the file")
	_ = cmd.Flags().MarkHidden("cpuprofile")
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		path, _ := cmd.Flags().GetString("cpuprofile")
		if path == "" {
			return run(cmd, args)
		}
		f, err := os.Create(path)
		if err != nil {
			return fmt.Errorf("write the profile: %w", err)
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return fmt.Errorf("write the profile: %w", err)
		}
		defer pprof.StopCPUProfile()
		return run(cmd, args)
	}
}
