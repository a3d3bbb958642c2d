package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/firsthand-media/firsthand/verify/exchange"
	"github.com/firsthand-media/firsthand/verify/locale"
	"github.com/firsthand-media/firsthand/verify/report"
	"github.com/spf13/cobra"
)

// offer gives what may stand at a place of the command line, each a value and,
// after a tab, what it means.
type offer = cobra.CompletionFunc

// completeValues lets shells offer values of flags and arguments. What an
// argument may be is read from the command's own line of usage.
func completeValues(g *globalOptions, root *cobra.Command) {
	for _, cmd := range allCommands(root) {
		completeFlags(g, cmd)
		if kinds := arguments(cmd.Use); len(kinds) > 0 && cmd.ValidArgs == nil {
			cmd.ValidArgsFunction = g.offerArguments(kinds)
		}
	}
}

// allCommands are a command and those below it, in the order of the tree.
func allCommands(cmd *cobra.Command) []*cobra.Command {
	out := []*cobra.Command{cmd}
	for _, sub := range cmd.Commands() {
		out = append(out, allCommands(sub)...)
	}
	return out
}

// completeFlags registers what the flags of one command take.
func completeFlags(g *globalOptions, cmd *cobra.Command) {
	offers := map[string]offer{
		"language":    oneOf(languages),
		"video":       fixed("auto", "native", "embedded", "hostile\tembedded, and never native", "off"),
		"grouping":    fixed("automatic\tleaves doubtful files apart", "balanced\tgroups more and mixes more"),
		"date-order":  fixed("month-first", "day-first"),
		"doubtful":    fixed("leave\tleave them out", "keep", "swap"),
		"exercise":    fixed("copies", "times", "incidents"),
		"incident":    g.offerIncidents,
		"stays":       g.offerItems,
		"show-source": g.offerSources,
		"hide-source": g.offerSources,
		"case":        folders,
		"dir":         folders,
	}
	switch cmd.CommandPath() {
	case "firsthand export":
		offers["format"] = oneOf(exportFormats)
	case "firsthand import":
		offers["format"] = oneOf(importFormats)
	case "firsthand frames":
		offers["format"] = fixed("png", "jpg")
	case "firsthand count":
		offers["by"] = fixed("area", "weapon", "month")
	}
	for name, f := range offers {
		flag := cmd.LocalNonPersistentFlags().Lookup(name)
		if flag == nil {
			flag = cmd.PersistentFlags().Lookup(name)
		}
		if flag != nil && flag.Value.Type() != "bool" {
			_ = cmd.RegisterFlagCompletionFunc(name, f)
		}
	}
}

func fixed(values ...string) offer { return oneOf(func() []string { return values }) }

// oneOf offers values that are made when they are asked for, and not at every
// start of the program.
func oneOf(values func() []string) offer {
	return func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return values(), cobra.ShellCompDirectiveNoFileComp
	}
}

func folders(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

func languages() []string {
	var out []string
	for _, l := range locale.Languages() {
		out = append(out, l.Tag+"\t"+l.Name)
	}
	return out
}

func exportFormats() []string {
	var out []string
	for _, e := range exchange.Exports() {
		out = append(out, e.Name+"\t"+e.What)
	}
	return out
}

func importFormats() []string {
	var out []string
	for _, i := range importers() {
		out = append(out, i.name+"\t"+i.what)
	}
	return out
}

// arguments are those in a line of usage, without the command's name and its
// flags: "split ID ITEM... --reason TEXT" has ID and ITEM....
func arguments(use string) []string {
	words := strings.Fields(use)[1:]
	var out []string
	for i := 0; i < len(words); i++ {
		word := strings.Trim(words[i], "[]()")
		if strings.HasPrefix(word, "-") {
			i++ // and its value
			continue
		}
		if word == strings.ToUpper(word) && word != "|" {
			out = append(out, word)
		}
	}
	return out
}

// offerArguments offers for the argument at hand what its word stands for.
func (g *globalOptions) offerArguments(kinds []string) offer {
	return func(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
		at := len(args)
		if last := len(kinds) - 1; at > last {
			if !strings.HasSuffix(kinds[last], "...") {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			at = last // of which there may be more
		}
		switch kind := strings.TrimSuffix(kinds[at], "..."); {
		case kind == "ID", kind == "OTHER" && kinds[0] == "ID", (kind == "A" || kind == "B") && cmd.Name() == "not-same-incident":
			return g.offerIncidents(cmd, args, begun)
		case kind == "ITEM", (kind == "A" || kind == "B" || kind == "FILE") && cmd.Flags().Lookup("case") != nil && cmd.Name() != "import":
			return g.offerItems(cmd, args, begun)
		case kind == "DIR":
			return folders(cmd, args, begun)
		case slices.Contains([]string{"FILE", "PATH", "VIDEO", "PACK", "CHECKPOINT", "OTHER", "A", "B"}, kind):
			return nil, cobra.ShellCompDirectiveDefault
		}
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
}

// offerIncidents offers those of the case, with their state and where they are.
func (g *globalOptions) offerIncidents(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return g.offerFromCase(cmd, args, begun, func(ctx context.Context, file *casefile.File) ([]string, error) {
		incidents, err := desk.Decided(ctx, file)
		var out []string
		w := report.In(g.words())
		for _, inc := range incidents {
			out = append(out, fmt.Sprintf("%s\t%s, %s, %s", inc.ID, w.Status(inc.Status), w.Span(inc.Earliest, inc.Latest), w.Where(&inc)))
		}
		return out, err
	})
}

// offerItems offers the sources of the case, and in a source the paths of its
// files: those of the whole case can be very many.
func (g *globalOptions) offerItems(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	name, _, inSource := strings.Cut(begun, "/")
	if !inSource {
		out, directive := g.offerSources(cmd, args, begun)
		for i := range out {
			out[i] += "/"
		}
		return out, directive | cobra.ShellCompDirectiveNoSpace
	}
	return g.offerFromCase(cmd, args, begun, func(ctx context.Context, file *casefile.File) ([]string, error) {
		files, err := file.SourceState(ctx, name)
		var out []string
		for rel := range files {
			out = append(out, name+"/"+rel)
		}
		slices.Sort(out)
		return out, err
	})
}

func (g *globalOptions) offerSources(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return g.offerFromCase(cmd, args, begun, func(ctx context.Context, file *casefile.File) ([]string, error) {
		sources, err := file.Sources(ctx)
		var out []string
		for _, s := range sources {
			out = append(out, s.Name)
		}
		return out, err
	})
}

// offerFromCase offers what the case on the line holds: what begins with the
// word under the cursor and does not stand on the line yet. A shell has no
// place for an error: where the case cannot be read, nothing is offered.
func (g *globalOptions) offerFromCase(cmd *cobra.Command, args []string, begun string, read func(context.Context, *casefile.File) ([]string, error)) ([]cobra.Completion, cobra.ShellCompDirective) {
	file, err := g.readCase()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	defer file.Close()
	values, err := read(cmd.Context(), file)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []cobra.Completion
	for _, v := range values {
		value, meaning, described := strings.Cut(v, "\t")
		if !strings.HasPrefix(value, begun) || slices.Contains(args, value) || !utf8.ValidString(value) || strings.ContainsFunc(value, unsafeRune) {
			continue // also what could not be typed back
		}
		if described {
			value += "\t" + g.printable(meaning)
		}
		out = append(out, value)
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
