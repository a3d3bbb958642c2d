package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// requests are the macros that a page of ours may use, each at the start of its
// line.
var requests = regexp.MustCompile(`^\.(TH|SH|PP|TP|RS 4|RE|EX|EE|nh|ad l)\b`)

// Text of a help never becomes a macro, and what a person copies out of a page
// is what they would have to type.
func TestManPagesAreTextAndNothingElse(t *testing.T) {
	root := newRootCommand(newTerminal(os.Stdin, os.Stdout, os.Stderr))
	for _, c := range allCommands(root) {
		page := manPage(c, build{Version: "1.0.0", Date: "2026-03-04T05:06:08Z"})
		for n, line := range strings.Split(page, "\n") {
			if strings.HasPrefix(line, "'") || strings.HasPrefix(line, ".") && !requests.MatchString(line) {
				t.Errorf("%s, line %d is no text: %q", c.CommandPath(), n+1, line)
			}
		}
		if strings.Count(page, "\n.EX\n") != strings.Count(page, "\n.EE\n") {
			t.Errorf("%s: an example does not end", c.CommandPath())
		}
		if !strings.Contains(page, "\n.SH EXIT STATUS\n") && c.Runnable() && !c.Hidden {
			t.Errorf("%s: the page does not say the exit status", c.CommandPath())
		}
		if !strings.HasPrefix(page, ".TH "+roffWord(strings.ToUpper(manName(c)))+" 1 \"2026-03-04\"") {
			t.Errorf("%s: the page begins %.60q", c.CommandPath(), page)
		}
	}
}

func TestRoffKeepsWhatIsTyped(t *testing.T) {
	for text, want := range map[string]string{
		".hidden":     `\&.hidden`,
		"'quoted'":    `\&\(aqquoted\(aq`,
		`C:\case --x`: `C:\ecase \-\-x`,
		"~/a^b`c\"":   `\(ti/a\(hab\(gac\(dq`,
		"Київ":        `\[u041A]\[u0438]\[u0457]\[u0432]`,
	} {
		if got := roff(text); got != want {
			t.Errorf("%q is written %q, not %q", text, got, want)
		}
	}
	if prose, status := exitStatus("Does this.\n\nExit status: 0 done,\n2 wrong usage."); prose != "Does this." || status != "0 done, 2 wrong usage." {
		t.Errorf("the exit status is %q, of %q", status, prose)
	}
}

// The checkers of two formatters, where they are installed.
func TestManPagesPleaseTheFormatters(t *testing.T) {
	dir := t.TempDir()
	root := newRootCommand(newTerminal(os.Stdin, os.Stdout, os.Stderr))
	var pages []string
	for _, c := range allCommands(root) {
		path := filepath.Join(dir, manName(c)+".1")
		if err := os.WriteFile(path, []byte(manPage(c, build{Version: "1.0.0", Date: "2026-03-04T05:06:08Z"})), 0o644); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, path)
	}
	for _, checker := range [][]string{{"mandoc", "-T", "lint", "-W", "warning"}, {"groff", "-man", "-Tutf8", "-ww", "-z"}} {
		if _, err := exec.LookPath(checker[0]); err != nil {
			t.Logf("%s is not installed: what it says of the pages is not asked", checker[0])
			continue
		}
		if out, err := exec.Command(checker[0], append(checker[1:], pages...)...).CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s says of the pages (%v):\n%s", checker[0], err, out)
		}
	}
}
