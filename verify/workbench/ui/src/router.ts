// Where the person is: the address is the only keeper of screen, filter,
// selection and place, so that back, reload and a crash return to the same.
import { computed, signal } from "@preact/signals";

export type Screen =
  | "cases"
  | "start"
  | "settings"
  | "break"
  | "overview"
  | "import"
  | "gallery"
  | "media"
  | "compare"
  | "clusters"
  | "incidents"
  | "checklist"
  | "reports"
  | "workshop"
  | "trainer"
  | "collection"
  | "projector"
  | "lost";

export interface Route {
  screen: Screen;
  case: string; // "" outside a case
  id: string; // of the item, cluster or incident, "" for none
}

interface Place {
  path: string;
  query: URLSearchParams;
}

const inCase: Record<string, { one: Screen; many?: Screen }> = {
  import: { one: "import" },
  media: { one: "media", many: "gallery" },
  compare: { one: "compare" },
  clusters: { one: "clusters" },
  incidents: { one: "incidents" },
  checklist: { one: "checklist" },
  reports: { one: "reports" },
};

// parse says what an address names.
export function parse(path: string): Route {
  const [first = "", id = "", room = "", thing = "", ...more] = path.split("/").filter((p) => p !== "").map(decode);
  const at = (screen: Screen): Route => ({ screen, case: first === "c" ? id : "", id: thing });
  if (more.length > 0) return at("lost");
  switch (first) {
    case "":
      return at("cases");
    case "start":
    case "settings":
    case "break":
      return { screen: id === "" ? first : "lost", case: "", id: "" };
    case "workshop": // of all exercises, of one as a case, of a task in it
      return { screen: thing === "" ? "workshop" : "lost", case: id, id: room };
    case "trainer": // of plans and packs, of what was collected, of what a room is shown of it
      if (thing !== "" || (room !== "" && room !== "project")) return at("lost");
      return { screen: id === "" ? "trainer" : room === "" ? "collection" : "projector", case: "", id };
    case "c": {
      if (id === "") return at("lost");
      if (room === "") return at("overview");
      const named = inCase[room];
      if (!named) return at("lost");
      return at(thing === "" ? (named.many ?? named.one) : named.one);
    }
  }
  return at("lost");
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function here(): Place {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

const place = signal<Place>(here());

export const route = computed(() => parse(place.value.path));
export const query = computed(() => place.value.query);

addEventListener("popstate", () => {
  place.value = here();
});

// address makes an address within a case; parts are escaped.
export function address(caseID: string, ...parts: string[]): string {
  return "/" + ["c", caseID, ...parts].map(encodeURIComponent).join("/");
}

// exerciseAddress makes an address of an exercise, or of a task in it.
export function exerciseAddress(caseID: string, task = ""): string {
  return "/" + ["workshop", caseID, task].filter((part) => part !== "").map(encodeURIComponent).join("/");
}

// collectionAddress makes an address of what a trainer collected, or of what a
// room is shown of it.
export function collectionAddress(id: string, room: "" | "project" = ""): string {
  return "/" + ["trainer", id, room].filter((part) => part !== "").map(encodeURIComponent).join("/");
}

// newExerciseAddress begins an exercise with items of a case.
export function newExerciseAddress(caseID: string, items: readonly string[]): string {
  return "/trainer?" + new URLSearchParams([["case", caseID], ...items.map((id) => ["item", id])]).toString();
}

// go shows another place. replace leaves no step to come back to.
export function go(to: string, options: { replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  place.value = here();
}

// setQuery changes values of the query: null or "" takes one away, a list
// gives several. It replaces the place unless asked to leave a step.
export function setQuery(changes: Record<string, string | string[] | null>, options: { step?: boolean } = {}): void {
  const next = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const one of value === null ? [] : Array.isArray(value) ? value : [value]) if (one !== "") next.append(name, one);
  }
  const text = next.toString();
  go(location.pathname + (text === "" ? "" : "?" + text), { replace: !options.step });
}

// follow makes links of the page change the place without loading it anew.
export function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || link.target !== "" || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.pathname.startsWith("/report") || link.pathname.startsWith("/media/")) return;
  if (link.hash !== "" && link.pathname === location.pathname && link.search === location.search) return;
  event.preventDefault();
  go(link.pathname + link.search);
}
