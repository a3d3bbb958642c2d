// Marks that lie too close to be told apart are one dot with their number.

export interface MapMark {
  id: string;
  lat: number;
  lon: number;
  radiusM?: number | null; // how far off it may be
  label: string;
  trust?: string; // device, platform, derived, none
  dashed?: boolean; // suggested, not a member
  selected?: boolean;
  count?: number; // how many things are meant by it, 1 when absent
}

// Dot is what is drawn at one place.
export interface Dot {
  key: string;
  x: number;
  y: number;
  marks: MapMark[];
  count: number;
  selected: boolean;
}

interface Cell extends Dot {
  sumX: number;
  sumY: number;
}

const near = 30; // pixels within which marks are one dot
const most = 300; // dots on a map

// cluster gives what is drawn of marks: those on the map, joined where they
// lie within some pixels, at most 300 dots however many marks there are. The
// outcome depends on the marks and the view alone.
export function cluster(marks: readonly MapMark[], project: (lon: number, lat: number) => [number, number] | null, width: number, height: number): Dot[] {
  const placed: { mark: MapMark; x: number; y: number }[] = [];
  for (const mark of marks) {
    const at = project(mark.lon, mark.lat);
    if (!at || at[0] < -near || at[1] < -near || at[0] > width + near || at[1] > height + near) continue;
    placed.push({ mark, x: at[0], y: at[1] });
  }
  for (let size = near; ; size *= 1.4) {
    const dots = joined(placed, size);
    if (dots.length <= most) return dots.sort((a, b) => a.x - b.x || a.y - b.y);
  }
}

function joined(placed: readonly { mark: MapMark; x: number; y: number }[], size: number): Dot[] {
  const cells = new Map<string, Cell>();
  for (const { mark, x, y } of placed) {
    const key = `${Math.floor(x / size)} ${Math.floor(y / size)}`;
    const cell = cells.get(key) ?? empty();
    cells.set(key, cell);
    add(cell, mark, x, y);
  }
  // A cell takes in what lies just beyond its edge; the fullest come first.
  const left = [...cells.values()].sort((a, b) => b.count - a.count || a.x - b.x || a.y - b.y);
  const dots: Cell[] = [];
  for (const cell of left) {
    const host = left.length <= 4 * most && dots.find((d) => Math.hypot(d.x - cell.x, d.y - cell.y) < size * 0.8);
    if (host) absorb(host, cell);
    else dots.push(cell);
  }
  return dots.map(({ x, y, marks, count, selected }) => ({ key: marks[0]!.id, x, y, marks, count, selected }));
}

function empty(): Cell {
  return { key: "", x: 0, y: 0, marks: [], count: 0, selected: false, sumX: 0, sumY: 0 };
}

function add(cell: Cell, mark: MapMark, x: number, y: number): void {
  cell.marks.push(mark);
  cell.count += mark.count ?? 1;
  cell.selected ||= mark.selected ?? false;
  cell.sumX += x;
  cell.sumY += y;
  cell.x = cell.sumX / cell.marks.length;
  cell.y = cell.sumY / cell.marks.length;
}

function absorb(host: Cell, cell: Cell): void {
  for (const mark of cell.marks) host.marks.push(mark);
  host.count += cell.count;
  host.selected ||= cell.selected;
  host.sumX += cell.sumX;
  host.sumY += cell.sumY;
  host.x = host.sumX / host.marks.length;
  host.y = host.sumY / host.marks.length;
}

// nextDot is the dot that an arrow key goes to: the nearest one that lies
// mostly in that direction; the same one where there is none.
export function nextDot(dots: readonly Dot[], from: number, key: string): number {
  const here = dots[from];
  if (!here) return 0;
  let best = from;
  let least = Infinity;
  dots.forEach((dot, i) => {
    const dx = dot.x - here.x;
    const dy = dot.y - here.y;
    const [along, aside] = key === "ArrowRight" ? [dx, dy] : key === "ArrowLeft" ? [-dx, dy] : key === "ArrowDown" ? [dy, dx] : [-dy, dx];
    if (i === from || along <= 0) return;
    const far = along + 2 * Math.abs(aside);
    if (far < least) {
      least = far;
      best = i;
    }
  });
  return best;
}
