// Command firsthand turns folders of scraped photos and videos into candidate
// incidents with their evidence. It works on this machine alone and never
// writes to the media it reads.
//
// Start at newRootCommand; each command is one file named after it. Results
// go to stdout and everything else to stderr. Exit status: 0 done, 1 could not
// be done, 2 wrong usage, 3 an integrity check failed.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() { os.Exit(run()) }

// run is main with an exit status, so that tests can call it as a command.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	t := newTerminal(os.Stdin, os.Stdout, os.Stderr)
	err := newRootCommand(t).ExecuteContext(ctx)
	return t.report(ctx, err)
}
