const spare = 6; // rows drawn beyond either edge, so that scrolling shows no gaps

// windowOf gives the rows to draw, the last one not included.
export function windowOf(top: number, height: number, row: number, count: number): [from: number, to: number] {
  const from = Math.max(0, Math.min(count, Math.floor(top / row) - spare));
  const to = Math.max(from, Math.min(count, Math.ceil((top + height) / row) + spare));
  return [from, to];
}

// step moves within a list: stays at its ends, and begins at the first when
// nothing was current.
export function step(current: number, by: number, count: number): number {
  if (count === 0) return -1;
  if (current < 0) return by < 0 ? count - 1 : 0;
  return Math.max(0, Math.min(count - 1, current + by));
}
