// What speaks of real people or is graphic, and who said that it may be packed
// all the same.
import type { Clearance, Concern, Plan } from "../../api.gen";

// Found is the concerns of one kind.
export interface Found {
  code: string;
  concerns: Concern[];
  together: boolean; // one reason may hold for all of them
}

// Each file has to be looked at by itself where only eyes can tell.
const oneByOne = new Set(["unseen", "personal", "unknown"]);

// grouped puts concerns of one kind together, those that nobody can clear first.
export function grouped(concerns: readonly Concern[]): Found[] {
  const out: Found[] = [];
  for (const c of [...concerns].sort((a, b) => Number(b.final) - Number(a.final))) {
    const group = out.find((g) => g.code === c.code);
    if (group) group.concerns.push(c);
    else out.push({ code: c.code, concerns: [c], together: !c.final && !oneByOne.has(c.code) });
  }
  return out;
}

// fillable says whether a concern goes away with what is written of its file.
export function fillable(code: string): boolean {
  return code === "no-origin" || code === "no-licence";
}

// clearanceOf is what was said of a concern by somebody who gave a name and a
// reason, while what it is of was the same.
export function clearanceOf(clearances: readonly Clearance[], c: Concern): Clearance | undefined {
  return clearances.find((l) => l.path === c.path && l.code === c.code && (l.what === "" || l.what === c.what) && l.by.trim() !== "" && l.reason.trim() !== "");
}

// openOf are the concerns that stand in the way of packing.
export function openOf(concerns: readonly Concern[], clearances: readonly Clearance[]): Concern[] {
  return concerns.filter((c) => c.final || !clearanceOf(clearances, c));
}

// cleared records who cleared concerns, and why; of those that can be.
export function cleared(plan: Plan, concerns: readonly Concern[], by: string, reason: string): Plan {
  const now = concerns.filter((c) => !c.final).map((c) => ({ path: c.path, code: c.code, what: c.what, by, reason }));
  return { ...plan, clearances: [...without(plan.clearances, now), ...now] };
}

// takenBack forgets that a concern was cleared.
export function takenBack(plan: Plan, c: Concern): Plan {
  return { ...plan, clearances: without(plan.clearances, [c]) };
}

function without(clearances: readonly Clearance[], of: readonly { path: string; code: string }[]): Clearance[] {
  return clearances.filter((l) => !of.some((c) => c.path === l.path && c.code === l.code));
}
