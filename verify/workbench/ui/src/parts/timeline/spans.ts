// What a timeline draws: every mark with the time that it may be of, counted
// in bins or joined where they cannot be told apart.
import { trusted } from "../chart/TrustShape";

export interface TimeMark {
  id: string;
  from: string; // RFC 3339; "" where nothing bounds it
  to: string;
  trust?: string; // device, platform, derived, none
  label: string;
  selected?: boolean;
  group?: string; // the lane that it is in
  dashed?: boolean; // suggested, not a member
  count?: number; // how many things were counted between from and to, 1 when absent
}

// Span is a mark with its bounds in milliseconds. A bound that is missing is
// the other one, and open says so.
export interface Span {
  mark: TimeMark;
  from: number;
  to: number;
  open: "" | "from" | "to";
}

// spansOf gives the marks that have a time, in the order of their middles.
export function spansOf(marks: readonly TimeMark[]): Span[] {
  const out: Span[] = [];
  for (const mark of marks) {
    const from = Date.parse(mark.from);
    const to = Date.parse(mark.to);
    if (Number.isNaN(from) && Number.isNaN(to)) continue;
    if (Number.isNaN(from)) out.push({ mark, from: to, to, open: "from" });
    else if (Number.isNaN(to)) out.push({ mark, from, to: from, open: "to" });
    else out.push({ mark, from: Math.min(from, to), to: Math.max(from, to), open: "" });
  }
  return out.sort((a, b) => a.from + a.to - b.from - b.to || (a.mark.id < b.mark.id ? -1 : 1));
}

// Window is the time that is seen, in milliseconds.
export interface Window {
  from: number;
  to: number;
}

const least = 10_000; // ms: what a timeline shows at its closest
const most = 400 * 365.25 * 86_400_000;

// fitWindow is the time that holds all spans, with a margin.
export function fitWindow(spans: readonly Span[]): Window {
  let from = Infinity;
  let to = -Infinity;
  for (const s of spans) {
    from = Math.min(from, s.from);
    to = Math.max(to, s.to);
  }
  if (from > to) return { from: Date.UTC(2000, 0), to: Date.UTC(2030, 0) };
  const margin = Math.max((to - from) * 0.04, 60_000);
  return boundedWindow({ from: from - margin, to: to + margin });
}

const core = 0.94; // of the marks
const worth = 6; // how many times shorter the core has to be than everything

// coreWindow is the time that most spans are of, where a few are so far from
// the rest that nothing could be told apart; else the time that holds them all.
export function coreWindow(spans: readonly Span[]): Window {
  const all = fitWindow(spans);
  if (spans.length < 20) return all;
  const left = Math.ceil((spans.length * (1 - core)) / 2);
  const middle = spans.slice(left, spans.length - left); // they stand by their middles
  const narrow = fitWindow(middle);
  return (all.to - all.from) / (narrow.to - narrow.from) >= worth ? narrow : all;
}

// boundedWindow keeps a window between seconds and centuries.
export function boundedWindow(w: Window): Window {
  const length = Math.min(Math.max(w.to - w.from, least), most);
  const middle = Math.min(Math.max((w.from + w.to) / 2, Date.UTC(1800, 0)), Date.UTC(2200, 0));
  return { from: middle - length / 2, to: middle + length / 2 };
}

// zoomedWindow is a window with factor times the time in it; an instant stays
// where it is.
export function zoomedWindow(w: Window, factor: number, about: number): Window {
  const length = w.to - w.from;
  const next = Math.min(Math.max(length * factor, least), most);
  const share = (about - w.from) / length;
  return boundedWindow({ from: about - share * next, to: about + (1 - share) * next });
}

// shiftedWindow is a window moved by a share of itself.
export function shiftedWindow(w: Window, share: number): Window {
  const by = (w.to - w.from) * share;
  return boundedWindow({ from: w.from + by, to: w.to + by });
}

// Bin counts what falls between two beginnings of the calendar.
export interface Bin {
  from: number;
  to: number;
  strong: number; // from a device or a platform, and known to the bin
  weak: number; // all others, spread over the bins that they may be in
  selected: boolean;
}

// binned counts spans in the bins between edges, which ascend. A span that may
// lie in several bins counts for its share in each.
export function binned(spans: readonly Span[], edges: readonly number[]): Bin[] {
  const bins: Bin[] = [];
  for (let i = 0; i + 1 < edges.length; i++) bins.push({ from: edges[i]!, to: edges[i + 1]!, strong: 0, weak: 0, selected: false });
  if (bins.length === 0) return bins;
  const start = edges[0]!;
  const end = edges.at(-1)!;
  for (const s of spans) {
    if (s.to < start || s.from >= end) continue;
    const first = binAt(edges, s.from);
    const last = binAt(edges, s.to);
    const inside = bins.slice(Math.max(first, 0), Math.min(last, bins.length - 1) + 1);
    const n = s.mark.count ?? 1;
    // Of things that were counted together, the bounds say where they lie, and
    // not how well each of their times is known.
    const sure = trusted(s.mark.trust) && s.open === "" && (first === last || s.mark.count !== undefined);
    for (const bin of inside) {
      const share = s.to > s.from ? Math.max(0, Math.min(bin.to, s.to) - Math.max(bin.from, s.from)) / (s.to - s.from) : 1;
      bin[sure ? "strong" : "weak"] += n * (first === last ? 1 : share);
    }
    if (s.mark.selected) for (const bin of inside) bin.selected = true;
  }
  return bins;
}

// binAt is the bin that an instant is in; -1 before the first.
export function binAt(edges: readonly number[], at: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

// Bunch is what is drawn as one: spans of one lane whose middles cannot be told
// apart.
export interface Bunch {
  key: string;
  lane: number;
  x: number; // of its middle, in pixels
  left: number; // of what it may be of
  right: number;
  spans: Span[];
  selected: boolean;
}

const near = 9; // pixels

// bunched joins the spans of each lane that lie within some pixels, so that
// there are no more than a number of bunches.
export function bunched(spans: readonly Span[], laneOf: (s: Span) => number, x: (at: number) => number, width: number, limit = 300): Bunch[] {
  for (let size = near; ; size *= 1.5) {
    const out = new Map<string, Bunch>();
    for (const s of spans) {
      const left = x(s.from);
      const right = x(s.to);
      if (right < 0 || left > width) continue;
      const lane = laneOf(s);
      const middle = (Math.max(left, 0) + Math.min(right, width)) / 2;
      // Long bars are joined with long bars only.
      const length = Math.floor(Math.log2(1 + (right - left) / size));
      const key = `${lane} ${Math.floor(middle / size)} ${length}`;
      const bunch = out.get(key);
      if (!bunch) out.set(key, { key: s.mark.id, lane, x: middle, left, right, spans: [s], selected: s.mark.selected ?? false });
      else {
        bunch.spans.push(s);
        bunch.left = Math.min(bunch.left, left);
        bunch.right = Math.max(bunch.right, right);
        bunch.selected ||= s.mark.selected ?? false;
      }
    }
    if (out.size <= limit) return [...out.values()].sort((a, b) => a.x - b.x || a.lane - b.lane);
  }
}

// countOf is how many things spans stand for.
export function countOf(spans: readonly Span[]): number {
  return spans.reduce((n, s) => n + (s.mark.count ?? 1), 0);
}

// strongest is the best trust of several spans.
export function strongest(spans: readonly Span[]): string {
  const order = ["device", "platform", "derived"];
  return order.find((trust) => spans.some((s) => s.mark.trust === trust)) ?? "none";
}

// packed puts spans into rows in which they do not lie over each other: the row
// of each, and how many rows there are.
export function packed(spans: readonly Span[], x: (at: number) => number): { row: Map<string, number>; rows: number } {
  const ends: number[] = [];
  const row = new Map<string, number>();
  for (const s of [...spans].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const left = x(s.from) - 8;
    let at = ends.findIndex((end) => end < left);
    if (at < 0) at = ends.push(0) - 1;
    ends[at] = x(s.to) + 8;
    row.set(s.mark.id, at);
  }
  return { row, rows: ends.length };
}
