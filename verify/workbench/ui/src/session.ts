// What this person chose: read once when the page starts, saved when changed,
// and known to every screen as signals.
import { batch, computed, effect, signal } from "@preact/signals";
import { client, type Session, type Settings as Kept } from "./api.gen";

export type Level = "veil" | "softened" | "sharp";
export type Theme = "system" | "light" | "dark";

// Settings are those that the program keeps, with their words known.
export type Settings = Omit<Kept, "level" | "theme"> & { level: Level; theme: Theme };

// usual is what holds until the program has answered.
export const usual: Settings = {
  started: true,
  by: "",
  case_folder: "",
  level: "softened",
  reseal_seconds: 30,
  break_minutes: 45,
  break_severe: 20,
  contacts: "",
  projector: false,
  theme: "system",
  language: "",
  auto_advance: true,
  case_in_title: false,
  single_keys: true,
  keys: {},
  case_zone: "",
  copy_noted: [],
};

export const settings = signal<Settings>(usual);
export const session = signal<Session | null>(null);

// by is the name that a decision is offered to be signed with.
export const by = computed(() => settings.value.by || session.value?.by || "");

// start reads what was chosen. It throws ApiError.
export async function start(): Promise<void> {
  const read = await client.session({});
  batch(() => {
    session.value = read;
    kept = known(read.settings);
    settings.value = kept;
  });
}

let kept: Settings = usual; // by the program
let saving: Promise<unknown> = Promise.resolve();
let asked = 0;

// choose changes settings at once on the page and then for good, one change
// after the other. On failure what it changed goes back to what is kept, and
// the error is thrown.
export async function choose(changes: Partial<Settings>): Promise<void> {
  settings.value = { ...settings.value, ...changes };
  const mine = ++asked;
  const save = async () => {
    kept = known(await client.saveSettings({ settings: settings.value }));
  };
  const done = saving.then(save, save);
  saving = done;
  try {
    await done;
  } catch (error) {
    const back = Object.fromEntries(Object.keys(changes).map((name) => [name, kept[name as keyof Settings]]));
    settings.value = { ...settings.value, ...back };
    throw error;
  }
  if (mine === asked) settings.value = kept; // later changes are on their way otherwise
}

// known takes settings as the page knows them: a word that it does not know is
// the careful one.
export function known(kept: Kept): Settings {
  const level = kept.level === "veil" || kept.level === "sharp" ? kept.level : "softened";
  const theme = kept.theme === "light" || kept.theme === "dark" ? kept.theme : "system";
  return { ...kept, level, theme };
}

// followTheme keeps the document in the colours and the size that were chosen.
export function followTheme(): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const system = signal(dark.matches);
  dark.addEventListener("change", () => (system.value = dark.matches));
  effect(() => {
    document.documentElement.dataset["theme"] = shade(settings.value.theme, system.value);
    document.documentElement.toggleAttribute("data-projector", settings.value.projector);
  });
}

// shade is the colours of a theme where the system is dark or not.
export function shade(theme: Theme, systemDark: boolean): "light" | "dark" {
  if (theme === "system") return systemDark ? "dark" : "light";
  return theme;
}
