package main

import (
	"github.com/firsthand-media/firsthand/verify/locale"
	"github.com/spf13/cobra"
)

const workshopHelp = `Exercises for a room of learners, without a network. The trainer makes a pack,
one file, and hands it out; its answer key is sealed with a passphrase. Each
learner opens it, answers, takes hints, and hands in one small file. The
trainer collects these from a folder and sees the scores and how far the room
agrees, and then tells the passphrase: everybody reads the key beside their own
answers, with the why.

The trainer:

    firsthand workshop new --exercise copies --out copies.zip
    firsthand workshop collect usb-stick/ --pack copies.zip

A learner:

    firsthand workshop open copies.zip --name Olena
    firsthand workshop hand-in --case copies-olena/case --out usb-stick/
    firsthand workshop key --case copies-olena/case --pack copies.zip

The built-in exercises are copies, times and incidents; their events are
invented. An exercise never mixes with a real case. A trainer begins with the
guide:

    firsthand workshop guide > guide.md

Exit status: 0 done, 1 could not be done, 2 wrong usage.`

func newWorkshopCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "workshop",
		Short: "exercises for a room of learners: make, answer, collect",
		Long:  workshopHelp,
	}
	cmd.AddCommand(
		newWorkshopNewCommand(g), newWorkshopDraftCommand(g), newWorkshopOpenCommand(g), newWorkshopShowCommand(g),
		newWorkshopAnswerCommand(g), newWorkshopHintCommand(g), newWorkshopHandInCommand(g), newWorkshopKeyCommand(g),
		newWorkshopCollectCommand(g), newWorkshopGuideCommand(g),
	)
	return cmd
}

// said is a message of workshops in the person's language, made safe to print.
// The values come in pairs of name and value.
func (g *globalOptions) said(key string, values ...any) string {
	return shown(g.words().T(key, values...))
}

// line says a message as a result.
func (g *globalOptions) line(key string, values ...any) {
	g.term.printf("%s\n", g.said(key, values...))
}

// texts says texts that were made elsewhere, each safe to print.
func (g *globalOptions) texts(list []locale.Text) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = shown(g.words().Say(t))
	}
	return out
}
