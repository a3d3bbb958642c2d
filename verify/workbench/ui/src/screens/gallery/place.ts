// What the address keeps of the gallery: the filter, the order, the view, the
// active item and the selection, so that back and reload return to the same.
import { query, setQuery } from "../../router";

export const orders = ["time", "newest", "path", "size", "length", "copies"] as const;
export const groupings = ["", "day", "source", "cluster", "incident"] as const;
export type Order = (typeof orders)[number];
export type Grouping = (typeof groupings)[number];
export type View = "grid" | "list";

export interface Place {
  filter: string;
  sort: Order;
  group: Grouping;
  view: View;
  at: string; // id of the active item, or its beginning
  picked: string; // see picked.ts
}

// placeOf reads an address; what it cannot mean is left at its default.
export function placeOf(q: URLSearchParams): Place {
  const sort = q.get("sort") ?? "";
  const group = q.get("group") ?? "";
  return {
    filter: q.get("filter") ?? "",
    sort: orders.find((o) => o === sort) ?? "time",
    group: groupings.find((g) => g === group) ?? "",
    view: q.get("view") === "list" ? "list" : "grid",
    at: q.get("at") ?? "",
    picked: q.get("picked") ?? "",
  };
}

// usePlace is the place as it stands.
export function usePlace(): Place {
  return placeOf(query.value);
}

// changeFilter asks for something else, and leaves a step to come back to.
export function changeFilter(filter: string): void {
  setQuery({ filter: filter || null, picked: null }, { step: true });
}

export function changeSort(sort: Order): void {
  setQuery({ sort: sort === "time" ? null : sort });
}

export function changeGroup(group: Grouping): void {
  setQuery({ group: group || null });
}

export function changeView(view: View): void {
  setQuery({ view: view === "list" ? view : null });
}

const settle = 300; // ms after which a new position is written down
let timer: ReturnType<typeof setTimeout> | undefined;

// keepPosition writes the active item and the selection into the address, once
// they have come to rest.
export function keepPosition(at: string, picked: string): void {
  clearTimeout(timer);
  const path = location.pathname;
  timer = setTimeout(() => {
    if (location.pathname === path) setQuery({ at: at.slice(0, 16) || null, picked: picked || null });
  }, settle);
}

// mediaQuery is what an address of one item carries, so that it knows its
// neighbours in this list.
export function mediaQuery(p: Place): string {
  const q = new URLSearchParams();
  if (p.filter) q.set("filter", p.filter);
  if (p.sort !== "time") q.set("sort", p.sort);
  if (p.group) q.set("group", p.group);
  const text = q.toString();
  return text === "" ? "" : "?" + text;
}
