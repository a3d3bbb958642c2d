// Which item is active and which are selected, as the person moves.
import type { RefObject } from "preact";
import { useReducer, useRef } from "preact/hooks";
import { softenOne } from "../../care";
import type { GridHandle, Step } from "../../parts/Grid";
import { noIds, type Ids } from "./ids";
import type { Place } from "./place";
import { everything, extend, idsOf, nothing, read, toggle, type Picked } from "./picked";
import type { Shown } from "./store";

export interface Position {
  active: number; // -1 where there is nothing
  picked: ReadonlySet<string>;
  setActive: (position: number) => void;
  step: (step: Step, extending?: boolean) => void;
  pick: (position: number) => void;
  pickAll: () => void;
  extendTo: (position: number) => void;
  unpick: () => void;
}

interface Held {
  ids: Ids;
  id: string; // of the active item
  at: number; // where it was, should it be gone
  picked: Picked;
}

export function usePosition(shown: Shown, place: Place, grid: RefObject<GridHandle | null>): Position {
  const { ids } = shown;
  const held = useRef<Held>({ ids: noIds, id: "", at: 0, picked: nothing });
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  if (held.current.ids !== ids) held.current = follow(held.current, shown, place);
  const { id, picked } = held.current;

  const found = id === "" ? -1 : ids.indexOf(id);
  const active = ids.length === 0 ? -1 : found >= 0 ? found : Math.min(held.current.at, ids.length - 1);
  const change = (next: Partial<Held>) => {
    Object.assign(held.current, next);
    redraw(0);
  };
  const setActive = (position: number) => {
    if (ids.at(position) !== id) softenOne(); // what is left is softened again
    change({ id: ids.at(position), at: position });
    grid.current?.show(position);
  };
  const extendTo = (position: number) => {
    change({ picked: extend(picked, ids.at(active), ids.at(position)) });
    setActive(position);
  };
  return {
    active,
    picked: idsOf(picked, ids),
    setActive,
    step: (step, extending) => {
      const to = grid.current?.after(step) ?? active;
      if (document.activeElement === document.body) grid.current?.focus();
      if (extending) extendTo(to);
      else setActive(to);
    },
    pick: (position) => {
      change({ picked: toggle(picked, ids, ids.at(position)) });
      setActive(position);
    },
    pickAll: () => change({ picked: everything(ids) }),
    extendTo,
    unpick: () => change({ picked: nothing }),
  };
}

// follow is what holds of a new list: the active item and the selection stay
// where it has them. The first list takes them from the address.
function follow(was: Held, shown: Shown, place: Place): Held {
  const { ids } = shown;
  const first = was.ids === noIds;
  const kept = first ? findPrefix(ids, place.at) : ids.indexOf(was.id) >= 0 ? was.id : "";
  const id = kept || ids.at(calmStart(shown));
  const still = [...idsOf(was.picked, was.ids)].filter((one) => ids.indexOf(one) >= 0);
  return { ids, id, at: Math.max(0, ids.indexOf(id)), picked: first ? read(place.picked, ids) : { kept: new Set(still), anchor: "", head: "" } };
}

function findPrefix(ids: Ids, prefix: string): string {
  if (prefix === "") return "";
  for (let i = 0; i < ids.length; i++) {
    const id = ids.at(i);
    if (id.startsWith(prefix)) return id;
  }
  return "";
}

// calmStart is the first item that nobody called severe: such a one is never
// the first to meet on a screen.
function calmStart(shown: Shown): number {
  for (let i = 0; i < Math.min(shown.ids.length, 80); i++) if (shown.card(shown.ids.at(i))?.warning !== "severe") return i;
  return 0;
}
