package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

// setting is one thing a person can set. A flag of the same name overrides
// FIRSTHAND_<NAME>, which overrides firsthand.yaml in the case folder, which
// overrides firsthand.yaml in the user's configuration folder.
type setting struct {
	name   string
	preset any
	help   string
}

var knownSettings = []setting{
	{"addr", "127.0.0.1:0", "where the workbench listens; port 0 takes a free one"},
	{"by", "", "your name, as it stands with your decisions"},
	{"grouping", "automatic", "automatic leaves doubtful files apart; balanced groups more and mixes more"},
	{"open", true, "open the browser when the workbench starts"},
	{"quiet", false, "no progress and no notes on stderr"},
	{"video", "auto", "video engine: auto, native, embedded, hostile (embedded, and never native) or off"},
	{"workers", 0, "files examined at the same time; 0 takes the number of processors"},
	{"zone", "", "time zone of clocks that state none, as Europe/Kyiv; empty leaves them open"},
}

// settings holds the values in force and where each came from.
type settings struct {
	values *viper.Viper
	origin map[string]string
}

func newSettings() *settings {
	return &settings{values: viper.New(), origin: map[string]string{}}
}

// load reads all layers. flags are those of the command that runs; caseDir
// may be empty or not exist yet.
func (s *settings) load(flags *pflag.FlagSet, caseDir string) error {
	for _, k := range knownSettings {
		s.values.SetDefault(k.name, k.preset)
		s.origin[k.name] = "default"
	}
	files := []struct{ path, origin string }{}
	if dir, err := userConfigDir(); err == nil {
		files = append(files, struct{ path, origin string }{filepath.Join(dir, "firsthand.yaml"), "user file"})
	}
	if caseDir != "" {
		files = append(files, struct{ path, origin string }{filepath.Join(caseDir, "firsthand.yaml"), "case file"})
	}
	for _, f := range files {
		if err := s.mergeFile(f.path, f.origin); err != nil {
			return err
		}
	}
	s.values.SetEnvPrefix("FIRSTHAND")
	for _, k := range knownSettings {
		_ = s.values.BindEnv(k.name)
		env := "FIRSTHAND_" + strings.ToUpper(k.name)
		if _, ok := os.LookupEnv(env); ok {
			s.origin[k.name] = "environment " + env
		}
		if f := flags.Lookup(k.name); f != nil {
			_ = s.values.BindPFlag(k.name, f)
			if f.Changed {
				s.origin[k.name] = "flag --" + k.name
			}
		}
	}
	return nil
}

func (s *settings) mergeFile(path, origin string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	layer := viper.New()
	layer.SetConfigFile(path)
	if err := layer.ReadInConfig(); err != nil {
		return withHint(fmt.Errorf("read settings %s: %w", path, err), "correct the file or move it away")
	}
	for _, key := range layer.AllKeys() {
		if _, ok := s.origin[key]; !ok {
			return withHint(fmt.Errorf("read settings %s: there is no setting %q", path, key), "firsthand config lists the settings")
		}
		s.origin[key] = origin + " " + path
	}
	return s.values.MergeConfigMap(layer.AllSettings())
}

func (s *settings) string(name string) string { return s.values.GetString(name) }
func (s *settings) bool(name string) bool     { return s.values.GetBool(name) }
func (s *settings) int(name string) int       { return s.values.GetInt(name) }

// userConfigDir is where the person's own settings and signing key live.
func userConfigDir() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("find the configuration folder: %w", err)
	}
	return filepath.Join(dir, "firsthand"), nil
}

func newConfigCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "show each setting, its value and where it comes from",
		Long: `Prints the settings in force. A flag overrides the environment
(FIRSTHAND_VIDEO and so on), which overrides firsthand.yaml in the case
folder, which overrides firsthand.yaml in your configuration folder.

    firsthand config --case my-case

Exit status: 0 done, 1 a settings file cannot be read, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return g.printConfig() },
	}
	cmd.Flags().StringVar(&g.caseDir, "case", "", "the case folder")
	g.jsonFlag(cmd)
	return cmd
}

func (g *globalOptions) printConfig() error {
	for _, k := range knownSettings {
		value, origin := g.settings.values.Get(k.name), g.settings.origin[k.name]
		if g.jsonOut {
			line := map[string]any{"setting": k.name, "value": value, "origin": origin, "help": k.help}
			if err := g.term.json(line); err != nil {
				return err
			}
			continue
		}
		g.term.printf("%-8s %-14v %-40s %s\n", k.name, value, origin, k.help)
	}
	return nil
}
