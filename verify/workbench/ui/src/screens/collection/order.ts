// The order of the table of learners. Without names it is that of the numbers
// that were drawn, or of what is sorted by, never that of names.
import type { CollectedLearner } from "../../api.gen";
import { language } from "../../text";

export const columns = ["name", "points", "hints", "minutes"] as const;

// Sorting is a column (one of columns, or the place of a task) and its direction.
export interface Sorting {
  by: string;
  down: boolean;
}

// sortingOf reads "points", or "-points" for the highest first.
export function sortingOf(text: string | null): Sorting {
  if (!text) return { by: "name", down: false };
  return text.startsWith("-") ? { by: text.slice(1), down: true } : { by: text, down: false };
}

// turned is the sorting after a press on a column: the other way where it is
// sorted by it already; numbers begin with the highest.
export function turned(now: Sorting, by: string): string {
  const down = now.by === by ? !now.down : by !== "name";
  return (down ? "-" : "") + by;
}

// sorted gives the learners in an order.
export function sorted(list: readonly CollectedLearner[], { by, down }: Sorting, hidden: boolean): CollectedLearner[] {
  const way = down ? -1 : 1;
  const names = new Intl.Collator(language());
  const compare = (a: CollectedLearner, b: CollectedLearner): number => {
    if (by === "name") return way * (hidden ? a.number - b.number : names.compare(a.name, b.name) || a.number - b.number);
    return way * (valueOf(a, by) - valueOf(b, by)) || a.number - b.number;
  };
  return [...list].sort(compare);
}

function valueOf(l: CollectedLearner, by: string): number {
  if (by === "points" || by === "hints" || by === "minutes") return l[by];
  return l.tasks[Number(by)]?.points ?? 0;
}
