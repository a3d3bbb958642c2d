package api

import "context"

func sessionRoutes() []Route {
	return []Route{
		on("GET", "/api/session", "session", "The program, this person's settings, and where cases are kept.", session),
		on("POST", "/api/settings", "saveSettings", "Keeps the settings of this person, and gives them as they are kept.", putSettings),
		on("GET", "/api/storage", "storage", "Where things lie and how much room they take.", storage),
		onCase("POST", "/cache/clear", "clearCache", "Deletes the small pictures of a case, which the next scan makes again.", clearCache),
		on("GET", "/api/licences", "licences", "What this program is built from.", licences),
	}
}

// Session is what a page needs before it shows anything.
type Session struct {
	Version   string     `json:"version"`
	By        string     `json:"by"`         // the name from the program's own settings
	ConfigDir string     `json:"config_dir"` // where the settings are kept
	Settings  Settings   `json:"settings"`
	Languages []Language `json:"languages"`
	Problem   string     `json:"problem" say:"sentence"` // why the settings could not be read, "" where they were
	FreeBytes *int64     `json:"free_bytes"`             // where cases are kept; null where nothing says
	Synced    string     `json:"synced"`                 // what copies that folder elsewhere, "" for nothing known
}

// session gives the defaults where the settings cannot be read, and says so:
// the page opens all the same.
func session(_ context.Context, a *API, _ None) (Session, error) {
	s, err := a.settings()
	out := Session{Version: a.program.Version, By: a.program.By, ConfigDir: a.program.ConfigDir, Settings: s, Languages: languages()}
	if err != nil {
		out.Problem, out.Settings = err.Error(), a.defaultSettings()
	}
	out.FreeBytes, out.Synced = roomAt(out.Settings.CaseFolder)
	return out, nil
}

// SettingsIn is what saveSettings takes.
type SettingsIn struct {
	Settings Settings `json:"settings"`
}

func putSettings(_ context.Context, a *API, in SettingsIn) (Settings, error) {
	return a.saveSettings(in.Settings)
}
