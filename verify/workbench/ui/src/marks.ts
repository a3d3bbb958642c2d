// What a person says of items, on whichever screen. Everything goes to the program
// as one act, which can be undone as one.
import { client, type Card, type MarkIn } from "./api.gen";
import { trying } from "./done";
import { tell } from "./parts/Toast";
import { t } from "./text";

type Saying = Partial<Omit<MarkIn, "items">>;

// mark says something of items, and tells whether it was done.
export function mark(caseID: string, items: readonly string[], saying: Saying): Promise<boolean> {
  if (items.length === 0) return Promise.resolve(false);
  return trying(caseID, () => client.mark({ case: caseID, items: [...items], ...saying }));
}

const levels = ["", "none", "moderate", "severe"] as const;

// nextWarning is the level after one, around.
export function nextWarning(level: string): string {
  const at = levels.findIndex((l) => l === level);
  return levels[at + 1] ?? "none";
}

// pairOf is the two items to compare: those selected, or one and a copy of it.
export function pairOf(selected: readonly string[], card: Card | undefined, copies: readonly string[]): [string, string] | null {
  if (selected.length === 2) return [selected[0]!, selected[1]!];
  if (selected.length < 2 && card && copies[0]) return [card.id, copies[0]];
  return null;
}

// say tells something that is no act.
export function say(key: "gallery.pickTwo" | "gallery.noCopies"): void {
  tell({ text: t(key) });
}

// tagsOf cuts what was typed into tags.
export function tagsOf(text: string): string[] {
  const tags = text.split(/[,،;\n]/).map((one) => one.trim().replace(/\s+/g, " "));
  return [...new Set(tags.filter((one) => one !== ""))];
}
