// Which items are selected: single ones, and a stretch that Shift extends from
// the item where it began.
import type { Ids } from "./ids";

export interface Picked {
  kept: ReadonlySet<string>; // selected before the stretch
  anchor: string; // where the stretch begins, "" for none
  head: string; // where it ends
}

export const nothing: Picked = { kept: new Set(), anchor: "", head: "" };

// toggle selects one more item, or no longer; the next stretch begins there.
export function toggle(was: Picked, ids: Ids, id: string): Picked {
  const kept = new Set(idsOf(was, ids));
  if (kept.has(id)) kept.delete(id);
  else kept.add(id);
  return { kept, anchor: kept.has(id) ? id : "", head: kept.has(id) ? id : "" };
}

// extend makes the stretch reach from where it began (or from another item) to
// an item.
export function extend(was: Picked, from: string, to: string): Picked {
  return { kept: was.kept, anchor: was.anchor || from, head: to };
}

// everything selects all ids.
export function everything(ids: Ids): Picked {
  return { kept: new Set(ids.all()), anchor: "", head: "" };
}

// idsOf gives the selected ids.
export function idsOf(picked: Picked, ids: Ids): ReadonlySet<string> {
  if (picked.anchor === "") return picked.kept;
  const a = ids.indexOf(picked.anchor);
  const b = ids.indexOf(picked.head);
  if (a < 0 || b < 0) return picked.kept;
  return new Set([...picked.kept, ...ids.slice(Math.min(a, b), Math.max(a, b) + 1)]);
}

const mostKept = 60; // in an address
const prefix = 12; // digits of an id there

// written is a selection as it stands in the address: the beginnings of its
// ids, "all", or "" where it is none or too large to be kept.
export function written(selected: ReadonlySet<string>, ids: Ids): string {
  if (selected.size > 1 && selected.size === ids.length) return "all";
  if (selected.size > mostKept) return "";
  return [...selected].map((id) => id.slice(0, prefix)).join("~");
}

// read finds the items of a selection in an address among those that are there.
export function read(text: string, ids: Ids): Picked {
  if (text === "") return nothing;
  if (text === "all") return everything(ids);
  const wanted = new Set(text.split("~"));
  const kept = new Set<string>();
  for (let i = 0; i < ids.length; i++) {
    const id = ids.at(i);
    if (wanted.has(id.slice(0, prefix))) kept.add(id);
  }
  return { kept, anchor: "", head: "" };
}
