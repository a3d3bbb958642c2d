// Lanes of a timeline: one for each group, in the order in which the groups
// first appear.
import type { Span } from "./spans";

export interface Lanes {
  names: string[]; // none where the marks have no groups
  others: number; // groups that share the last lane, 0 where each has its own
  laneOf: (s: Span) => number;
}

const mostLanes = 40;

// lanesOf gives the lanes of spans.
export function lanesOf(spans: readonly Span[]): Lanes {
  const at = new Map<string, number>();
  for (const s of spans) if (s.mark.group !== undefined && !at.has(s.mark.group)) at.set(s.mark.group, at.size);
  const all = [...at.keys()];
  const others = all.length > mostLanes ? all.length - mostLanes + 1 : 0;
  const names = others > 0 ? all.slice(0, mostLanes) : all;
  return { names, others, laneOf: (s) => Math.min(at.get(s.mark.group ?? "") ?? 0, Math.max(0, names.length - 1)) };
}

// mostAlone is how many marks are drawn one by one where there are no lanes;
// more are counted in bins.
export function mostAlone(height: number): number {
  return Math.max(8, Math.floor(height / 10) * 4);
}
