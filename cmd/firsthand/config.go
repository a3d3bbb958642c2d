package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify/casefile"
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
	{"language", "", "of summaries, reports and the workbench: en, uk or ar; empty follows LANG, the workbench the browser"},
	{"open", true, "open the browser when the workbench starts"},
	{"quiet", false, "no progress and no notes on stderr"},
	{"video", "auto", "video engine: auto, native, embedded, hostile (embedded, and never native) or off"},
	{"workers", 0, "files examined at the same time; 0 takes the number of processors"},
	{"zone", "", "time zone of clocks that state none, as Europe/Kyiv; empty leaves them open"},
	{"zones", map[string]string{}, "the same for single sources or folders in them, by name"},
}

// nested stands between the names of a table and its key. It is in no name of a
// source, as a full stop can be.
const nested = "\x1f"

// userFile begins the origin of what stands in the user's configuration folder.
const userFile = "user file"

// settings holds the values in force and where each came from.
type settings struct {
	values *viper.Viper
	origin map[string]string
}

func newSettings() *settings {
	return &settings{values: viper.NewWithOptions(viper.KeyDelimiter(nested)), origin: map[string]string{}}
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
		files = append(files, struct{ path, origin string }{filepath.Join(dir, "firsthand.yaml"), userFile})
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
	layer := viper.NewWithOptions(viper.KeyDelimiter(nested))
	layer.SetConfigFile(path)
	if err := layer.ReadInConfig(); err != nil {
		return withHint(fmt.Errorf("read settings %s: %w", path, err), "correct the file or move it away")
	}
	for _, key := range layer.AllKeys() {
		key, inner, isTable := strings.Cut(key, nested)
		if _, ok := s.origin[key]; !ok || isTable && !takesTable(key) {
			if isTable {
				key += ": " + inner
			}
			return withHint(fmt.Errorf("read settings %s: there is no setting %q", path, key), "firsthand config lists the settings")
		}
		s.origin[key] = origin + " " + path
	}
	return s.values.MergeConfigMap(layer.AllSettings())
}

func (s *settings) string(name string) string { return s.values.GetString(name) }
func (s *settings) bool(name string) bool     { return s.values.GetBool(name) }
func (s *settings) int(name string) int       { return s.values.GetInt(name) }

// takesTable says that a setting has a value for each of several names.
func takesTable(name string) bool {
	i := slices.IndexFunc(knownSettings, func(k setting) bool { return k.name == name })
	if i < 0 {
		return false
	}
	_, ok := knownSettings[i].preset.(map[string]string)
	return ok
}

// table gives a setting that has a value for each of several names: in a file
//
//	zones:
//	  phone: Europe/Kyiv
//
// and in the environment "phone=Europe/Kyiv,chat=Europe/Berlin".
func (s *settings) table(name string) (map[string]string, error) {
	out := map[string]string{}
	switch v := s.values.Get(name).(type) {
	case map[string]string:
		return v, nil
	case map[string]any:
		for key, value := range v {
			text, ok := value.(string)
			if value == nil {
				text, ok = "", true
			}
			if !ok {
				return nil, usagef("the setting %s has no text for %q (%s)", name, key, s.origin[name])
			}
			out[key] = text
		}
		return out, nil
	case string:
		for pair := range strings.SplitSeq(v, ",") {
			if pair = strings.TrimSpace(pair); pair == "" {
				continue
			}
			key, value, ok := strings.Cut(pair, "=")
			if !ok {
				return nil, withHint(usagef("the setting %s holds %q (%s)", name, pair, s.origin[name]), "it takes NAME=VALUE, with commas between")
			}
			out[strings.TrimSpace(key)] = strings.TrimSpace(value)
		}
		return out, nil
	}
	return nil, withHint(usagef("the setting %s is no table (%s)", name, s.origin[name]), "write each name with its value on a line of its own")
}

// isFlag says that a flag gave the setting.
func (s *settings) isFlag(name string) bool { return s.origin[name] == "flag --"+name }

// isWeak says that no more than a default or the user's own file gives the
// setting, so that the case itself may know better.
func (s *settings) isWeak(name string) bool {
	return s.origin[name] == "default" || strings.HasPrefix(s.origin[name], userFile)
}

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
		RunE: func(cmd *cobra.Command, _ []string) error { return g.printConfig(cmd.Context()) },
	}
	cmd.Flags().StringVar(&g.caseDir, "case", "", "the case folder")
	g.jsonFlag(cmd)
	return cmd
}

func (g *globalOptions) printConfig(ctx context.Context) error {
	zone, zoneOrigin, err := g.zoneInForce(ctx)
	if err != nil {
		return err
	}
	for _, k := range knownSettings {
		value, origin := g.settings.values.Get(k.name), g.settings.origin[k.name]
		if k.name == "zone" {
			value, origin = zone, zoneOrigin
		}
		if takesTable(k.name) {
			if value, err = g.settings.table(k.name); err != nil {
				return err
			}
		}
		if g.jsonOut {
			line := map[string]any{"setting": k.name, "value": value, "origin": origin, "help": k.help}
			if err := g.term.json(line); err != nil {
				return err
			}
			continue
		}
		g.term.printf("%-8s %-14v %-40s %s\n", k.name, inLine(value), origin, k.help)
	}
	return nil
}

// zoneInForce is the zone of the case, which the case itself may keep; where
// there is no case yet, that of the settings.
func (g *globalOptions) zoneInForce(ctx context.Context) (name, origin string, err error) {
	var file *casefile.File
	if g.caseDir != "" {
		file, err = casefile.Open(g.caseDir, casefile.Options{ReadOnly: true})
	}
	if g.caseDir == "" || errors.Is(err, fs.ErrNotExist) {
		return g.settings.string("zone"), g.settings.origin["zone"], nil
	}
	if file, err = g.explain(file, err); err != nil {
		return "", "", err
	}
	defer file.Close()
	return g.zone(ctx, file)
}

// inLine writes a table as the environment takes it.
func inLine(value any) any {
	table, ok := value.(map[string]string)
	if !ok {
		return value
	}
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(table)) {
		pairs = append(pairs, name+"="+table[name])
	}
	return strings.Join(pairs, ",")
}
