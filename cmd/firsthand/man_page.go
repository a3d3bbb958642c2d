package main

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// manName is what man finds a command's page by: firsthand-incident-pin.
func manName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

// manPage is the manual page of one command in the man macros, which groff and
// mandoc know alike. All of it is what --help prints, in the order of a page.
func manPage(c *cobra.Command, b build) string {
	day := ""
	if at, err := time.Parse(time.RFC3339, b.Date); err == nil {
		day = at.UTC().Format(time.DateOnly)
	}
	var p strings.Builder
	fmt.Fprintf(&p, ".TH %s 1 \"%s\" \"%s\" \"%s\"\n", roffWord(strings.ToUpper(manName(c))), day, roffWord("firsthand "+b.Version), "Firsthand")
	p.WriteString(".nh\n.ad l\n")
	fmt.Fprintf(&p, ".SH NAME\n%s \\- %s\n", roffWord(manName(c)), roff(c.Short))
	fmt.Fprintf(&p, ".SH SYNOPSIS\n\\fB%s\\fR%s\n.SH DESCRIPTION\n", roffWord(c.CommandPath()), roffWord(synopsis(c)))
	prose, status := exitStatus(cmp.Or(c.Long, capital(c.Short)+"."))
	roffProse(&p, prose)
	roffCommands(&p, c)
	roffFlags(&p, "OPTIONS", c.LocalNonPersistentFlags())
	if c.HasParent() {
		roffFlags(&p, "OPTIONS OF EVERY COMMAND", c.Root().PersistentFlags())
	} else {
		roffFlags(&p, "OPTIONS OF EVERY COMMAND", c.PersistentFlags())
		roffSettings(&p)
	}
	for above := c.Parent(); status == "" && above != nil; above = above.Parent() {
		_, status = exitStatus(above.Long)
	}
	if status != "" {
		p.WriteString(".SH EXIT STATUS\n" + roff(status) + "\n")
	}
	roffSeeAlso(&p, c)
	return p.String()
}

// synopsis is what follows the command's name on the line of usage.
func synopsis(c *cobra.Command) string {
	_, args, _ := strings.Cut(c.Use, " ")
	if c.HasAvailableSubCommands() && args == "" {
		args = "COMMAND"
	}
	if args != "" {
		args = " " + args
	}
	return args
}

// exitStatus takes the last paragraph of a help text off it, where it tells the
// exit status.
func exitStatus(help string) (prose, status string) {
	const begins = "\n\nExit status: "
	at := strings.LastIndex(help, begins)
	if at < 0 {
		return help, ""
	}
	return help[:at], capital(strings.Join(strings.Fields(help[at+len(begins):]), " "))
}

func capital(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// roffProse writes a help text: paragraphs are filled, and lines that are set
// in stay as they are.
func roffProse(p *strings.Builder, text string) {
	verbatim := false
	for line := range strings.Lines(strings.TrimSpace(text) + "\n") {
		line = strings.TrimRight(line, "\n")
		set := strings.HasPrefix(line, "    ")
		switch {
		case line == "":
			if verbatim {
				p.WriteString(".EE\n.RE\n")
				verbatim = false
			}
			p.WriteString(".PP\n")
			continue
		case set && !verbatim:
			p.WriteString(".RS 4\n.EX\n")
		case !set && verbatim:
			p.WriteString(".EE\n.RE\n.PP\n")
		}
		verbatim = set
		p.WriteString(roff(strings.TrimPrefix(line, "    ")) + "\n")
	}
	if verbatim {
		p.WriteString(".EE\n.RE\n")
	}
}

func roffCommands(p *strings.Builder, c *cobra.Command) {
	if !c.HasAvailableSubCommands() {
		return
	}
	p.WriteString(".SH COMMANDS\n")
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			fmt.Fprintf(p, ".TP\n\\fB%s\\fR(1)\n%s\n", roffWord(manName(sub)), roff(sub.Short))
		}
	}
}

func roffFlags(p *strings.Builder, title string, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	p.WriteString(".SH \"" + title + "\"\n")
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		p.WriteString(".TP\n")
		if f.Shorthand != "" {
			fmt.Fprintf(p, "\\fB\\-%s\\fR, ", roffWord(f.Shorthand))
		}
		fmt.Fprintf(p, "\\fB\\-\\-%s\\fR", roffWord(f.Name))
		if value != "" {
			fmt.Fprintf(p, " \\fI%s\\fR", roffWord(value))
		}
		p.WriteString("\n" + roff(usage))
		if d := f.DefValue; d != "" && d != "false" && d != "0" && d != "[]" && !strings.Contains(usage, "default") {
			p.WriteString(roff(fmt.Sprintf(" (default: %s)", d)))
		}
		p.WriteString("\n")
	})
}

// roffSettings tells what can be set for good.
func roffSettings(p *strings.Builder) {
	p.WriteString(".SH SETTINGS\nA flag overrides the environment, which overrides firsthand.yaml in the case folder, which overrides\n" +
		"firsthand.yaml in the settings folder of the user. \\fBfirsthand\\-config\\fR(1) prints each value and where it came from.\n")
	for _, k := range knownSettings {
		fmt.Fprintf(p, ".TP\n\\fB%s\\fR, FIRSTHAND_%s\n%s\n", roffWord(k.name), strings.ToUpper(k.name), roff(k.help))
	}
}

func roffSeeAlso(p *strings.Builder, c *cobra.Command) {
	var also []string
	if c.HasParent() {
		also = append(also, fmt.Sprintf("\\fB%s\\fR(1)", roffWord(manName(c.Parent()))))
		for _, sub := range c.Parent().Commands() {
			if sub != c && sub.IsAvailableCommand() && c.Parent().HasParent() {
				also = append(also, fmt.Sprintf("\\fB%s\\fR(1)", roffWord(manName(sub))))
			}
		}
	}
	if len(also) > 0 {
		p.WriteString(".SH \"SEE ALSO\"\n" + strings.Join(also, ",\n") + "\n")
	}
}

// roff is a line of text that no macro can be made of: a full stop or an
// apostrophe at its start would begin one.
func roff(s string) string {
	s = roffWord(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, `\(aq`) {
		s = `\&` + s
	}
	return s
}

// roffWord is text within a line. Characters that typesetting would put others
// in the place of are named, so that a copied command stays one; those outside
// ASCII are given by number, since an old man reads Latin-1.
func roffWord(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case roffNames[r] != "":
			b.WriteString(roffNames[r])
		case r > 126:
			fmt.Fprintf(&b, `\[u%04X]`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

var roffNames = map[rune]string{'\\': `\e`, '-': `\-`, '\'': `\(aq`, '"': `\(dq`, '`': `\(ga`, '^': `\(ha`, '~': `\(ti`}
