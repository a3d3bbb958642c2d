// The keys that mean the same on every screen.
import { signal } from "@preact/signals";
import { lockedBy, softenAll, switchBlank, switchSoftening } from "../care";
import { redo, undo } from "../done";
import { allowed, back, posed } from "../exercise";
import { hint, useKeys, type Handler } from "../keys";
import { tell, tellError } from "../parts/Toast";
import { address, go, route } from "../router";
import { t } from "../text";

// open is the tool of the frame that is open.
export const open = signal<"help" | "commands" | null>(null);

// rooms are the screens of a case in the order of the bar.
export const rooms = [
  { screen: "overview", part: "", key: "goOverview" },
  { screen: "import", part: "import", key: "goImport" },
  { screen: "gallery", part: "media", key: "goGallery" },
  { screen: "compare", part: "compare", key: undefined },
  { screen: "clusters", part: "clusters", key: "goClusters" },
  { screen: "incidents", part: "incidents", key: "goIncidents" },
  { screen: "reports", part: "reports", key: "goReports" },
] as const;

// shownRooms are the screens of the bar: of an exercise those that are tools of
// its task.
export function shownRooms() {
  if (!posed.value) return rooms.filter((r) => r.screen !== "compare"); // it is under the gallery
  return rooms.filter((r) => allowed.value.includes(r.screen === "overview" ? "map" : r.screen));
}

// soften switches the softening of the screen, or says why it stays.
export function soften(): void {
  if (lockedBy.value === "exercise") tell({ text: t("frame.softened.exercise", { key: hint("reveal") }) });
  else switchSoftening();
}

// roomAddress is where a screen of a case is.
export function roomAddress(caseID: string, part: string): string {
  return part === "" ? address(caseID) : address(caseID, part);
}

export function FrameKeys() {
  const id = route.value.case;
  const inCase = (act: Handler) => (id === "" ? undefined : act);
  const shown = shownRooms();
  const to = (part: string) => (shown.some((r) => r.part === part) ? inCase(() => go(roomAddress(id, part))) : undefined);
  useKeys("everywhere", {
    help: () => void (open.value = "help"),
    commands: () => void (open.value = "commands"),
    close: softenAll,
    soften,
    blank: switchBlank,
    undo: inCase(() => void undo(id).catch(tellError)),
    redo: inCase(() => void redo(id).catch(tellError)),
    goOverview: to(""),
    goImport: to("import"),
    goGallery: to("media"),
    goClusters: to("clusters"),
    goIncidents: to("incidents"),
    goReports: to("reports"),
    goTask: posed.value ? () => go(back.value) : undefined,
  });
  return null;
}
