import { useRef, useState } from "preact/hooks";
import { lengthOf, starts, type Step, type Zone } from "./calendar";
import { binAt, shiftedWindow, type Window } from "./spans";

// Range is a time that a person picked, RFC 3339.
export interface Range {
  from: string;
  to: string;
}

interface Picking {
  window: Window;
  step: Step;
  zone: Zone;
  edges: readonly number[]; // of the bins that are seen
  range: Range | null;
  onRange: ((range: Range | null) => void) | undefined;
  onWindow: (window: Window) => void;
}

// useRange picks bins: by the keys with a cursor, by the mouse with a press.
export function useRange({ window, step, zone, edges, range, onRange, onWindow }: Picking) {
  const [cursor, setCursor] = useState<number | null>(null);
  const [draft, setDraft] = useState<[number, number] | null>(null); // while the mouse is down
  const anchor = useRef<number | null>(null);

  const binFrom = (at: number): [number, number] => {
    const i = binAt(edges, at);
    if (i >= 0 && i + 1 < edges.length) return [edges[i]!, edges[i + 1]!];
    const [from = at, to = at + lengthOf(step)] = starts(step, at, at + 1, zone);
    return [from, to];
  };
  const pick = (a: number, b: number): void => {
    const [from] = binFrom(Math.min(a, b));
    const [, to] = binFrom(Math.max(a, b));
    onRange?.({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  };

  // move takes the cursor a bin on; with extend, the range goes along.
  const move = (by: 1 | -1, extend: boolean): void => {
    const was = cursor ?? (range ? Date.parse(range.from) : (window.from + window.to) / 2);
    const [from, to] = binFrom(was);
    const [now] = cursor === null ? [from] : binFrom(by > 0 ? to : from - 1);
    setCursor(now);
    if (now < window.from || now >= window.to) onWindow(shiftedWindow(window, by * 0.25));
    if (extend && onRange) {
      anchor.current ??= from;
      pick(anchor.current, now);
    } else anchor.current = null;
  };

  const toggle = (at: number, extend: boolean): void => {
    const [from, to] = binFrom(at);
    setCursor(from);
    if (extend && range) return pick(Math.min(Date.parse(range.from), at), Math.max(Date.parse(range.to) - 1, at));
    if (range && Date.parse(range.from) === from && Date.parse(range.to) === to) return onRange?.(null);
    pick(at, at);
  };

  const shown = draft ? { from: binFrom(Math.min(...draft))[0], to: binFrom(Math.max(...draft))[1] } : range ? { from: Date.parse(range.from), to: Date.parse(range.to) } : null;
  return { cursor, setCursor, draft, setDraft, move, toggle, pick, shown, binFrom };
}
