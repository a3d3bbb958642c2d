// What is to be handed on and how, as the address keeps it. What shows more
// than usual, as sharp pictures do, is not kept: it needs a tick each time.
import type { Format, HandOnForm } from "../../api.gen";

export const scopes = ["all", "incidents", "media"] as const;
export type Scope = (typeof scopes)[number];

export const pictureKinds = ["softened", "none", "sharp"] as const;
export type PictureKind = (typeof pictureKinds)[number];

// Choice is what the form holds; media are found by a filter, or named.
export interface Choice {
  scope: Scope;
  filter: string;
  items: string[]; // SHA-256
  incidents: string[];
  format: string;
  title: string;
  leave: string[];
  pictures: PictureKind;
  sharp: string[];
  public: boolean;
  show: string[];
  unconfirmed: boolean;
  people: boolean;
  names: boolean;
  captions: boolean;
  notes: boolean;
  places: string; // "" as they are, "0" to "6" decimals, "none"
  bom: boolean;
  missing: boolean; // originals that are gone are left out
}

const flags = ["public", "unconfirmed", "people", "names", "captions", "notes", "bom", "missing"] as const;

// read takes from an address what it says; everything else is as usual.
export function read(query: URLSearchParams): Choice {
  const one = <T extends string>(name: string, list: readonly T[], usual: T): T => list.find((v) => v === query.get(name)) ?? usual;
  const places = query.get("places") ?? "";
  const choice: Choice = {
    scope: one("of", scopes, query.has("incident") ? "incidents" : query.has("item") || query.has("filter") ? "media" : "all"),
    filter: query.get("filter") ?? "",
    items: query.getAll("item").filter((d) => /^[0-9a-f]{64}$/.test(d)),
    incidents: query.getAll("incident"),
    format: query.get("format") ?? "html",
    title: "",
    leave: query.getAll("leave"),
    pictures: one("pictures", ["softened", "none"], "softened"),
    sharp: [],
    public: false,
    show: query.getAll("show"),
    unconfirmed: false,
    people: false,
    names: false,
    captions: false,
    notes: false,
    places: /^([0-6]|none)$/.test(places) ? places : "",
    bom: false,
    missing: false,
  };
  for (const flag of flags) choice[flag] = query.get(flag) === "1";
  return choice;
}

// written gives what an address is to keep.
export function written(c: Choice): Record<string, string | string[] | null> {
  const kept: Record<string, string | string[] | null> = {
    of: c.scope === "all" ? null : c.scope,
    filter: c.filter,
    item: c.items,
    incident: c.incidents,
    format: c.format === "html" ? null : c.format,
    leave: c.leave,
    pictures: c.pictures === "none" ? "none" : null,
    show: c.show,
    places: c.places,
  };
  for (const flag of flags) kept[flag] = c[flag] ? "1" : null;
  return kept;
}

// formOf is the choice as the program takes it: what the format has no place
// for is left out. media are the files that the filter finds.
export function formOf(c: Choice, format: Format, media: readonly string[]): HandOnForm {
  const redacts = format.redacts || c.public;
  return {
    format: c.format,
    title: c.title.trim(),
    incidents: c.scope === "incidents" ? c.incidents : [],
    media: c.scope === "media" ? [...new Set([...c.items, ...media])] : [],
    leave: format.reading ? c.leave : [],
    pictures: format.reading ? c.pictures : "softened",
    sharp: format.reading && c.pictures === "sharp" ? c.sharp : [],
    public: c.public && format.public,
    show: c.public ? c.show : [],
    hide: [],
    unconfirmed: c.public && c.unconfirmed,
    people: redacts && c.people,
    names: redacts && c.names,
    captions: redacts && c.captions,
    notes: redacts && c.notes,
    decimals: redacts && /^\d$/.test(c.places) ? Number(c.places) : null,
    no_positions: redacts && c.places === "none",
    bom: c.bom,
    without_missing: c.missing,
  };
}

// ready says why nothing can be made yet, "" when something can.
export function ready(c: Choice): "" | "incidents" | "media" {
  if (c.scope === "incidents" && c.incidents.length === 0) return "incidents";
  if (c.scope === "media" && c.items.length === 0 && c.filter.trim() === "") return "media";
  return "";
}

// idsOf cuts the list of digests that the gallery gives.
export function idsOf(text: string): string[] {
  return text.match(/.{64}/g) ?? [];
}

// toggled adds a value to a list, or takes it away.
export function toggled(list: readonly string[], value: string, on: boolean): string[] {
  const others = list.filter((v) => v !== value);
  return on ? [...others, value] : others;
}
