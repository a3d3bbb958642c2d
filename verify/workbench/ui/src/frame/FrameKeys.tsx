// The keys that mean the same on every screen.
import { signal } from "@preact/signals";
import { softenAll, switchBlank, switchSoftening } from "../care";
import { redo, undo } from "../done";
import { useKeys, type Handler } from "../keys";
import { tellError } from "../parts/Toast";
import { address, go, route } from "../router";

// open is the tool of the frame that is open.
export const open = signal<"help" | "commands" | null>(null);

// rooms are the screens of a case in the order of the bar.
export const rooms = [
  { screen: "overview", part: "", key: "goOverview" },
  { screen: "import", part: "import", key: "goImport" },
  { screen: "gallery", part: "media", key: "goGallery" },
  { screen: "clusters", part: "clusters", key: "goClusters" },
  { screen: "incidents", part: "incidents", key: "goIncidents" },
  { screen: "reports", part: "reports", key: "goReports" },
] as const;

// roomAddress is where a screen of a case is.
export function roomAddress(caseID: string, part: string): string {
  return part === "" ? address(caseID) : address(caseID, part);
}

export function FrameKeys() {
  const id = route.value.case;
  const inCase = (act: Handler) => (id === "" ? undefined : act);
  const to = (part: string) => inCase(() => go(roomAddress(id, part)));
  useKeys("everywhere", {
    help: () => void (open.value = "help"),
    commands: () => void (open.value = "commands"),
    close: softenAll,
    soften: switchSoftening,
    blank: switchBlank,
    undo: inCase(() => void undo(id).catch(tellError)),
    redo: inCase(() => void redo(id).catch(tellError)),
    goOverview: to(""),
    goImport: to("import"),
    goGallery: to("media"),
    goClusters: to("clusters"),
    goIncidents: to("incidents"),
    goReports: to("reports"),
  });
  return null;
}
