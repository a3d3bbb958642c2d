// How two pictures lie on each other: the homography that the server gives, as
// the page needs it. Points are in fractions of a picture's sides.
import type { Look, Size } from "../../parts/viewport";

export type Matrix = readonly number[]; // rows of a 3 × 3 matrix, one after the other

export const stretched: Matrix = [1, 0, 0, 0, 1, 0, 0, 0, 1];

// at maps a point.
export function at(m: Matrix, x: number, y: number): [number, number] {
  const [a, b, c, d, e, f, g, h, i] = m as [number, number, number, number, number, number, number, number, number];
  const w = g * x + h * y + i;
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
}

// matrix3d is the transform that lays an element of one size, which shows a
// picture, on another picture of a size; its origin is the upper left corner.
export function matrix3d(m: Matrix, from: Size, to: Size): string {
  const [a, b, c, d, e, f, g, h, i] = m as [number, number, number, number, number, number, number, number, number];
  const { width: fw, height: fh } = from;
  const { width: tw, height: th } = to;
  const columns = [(tw * a) / fw, (th * d) / fw, 0, g / fw, (tw * b) / fh, (th * e) / fh, 0, h / fh, 0, 0, 1, 0, tw * c, th * f, 0, i];
  return `matrix3d(${columns.map((v) => Number(v.toPrecision(10))).join(", ")})`;
}

// enlarges is how much longer a small line becomes about a point, between two
// pictures at their sizes in pixels.
export function enlarges(m: Matrix, from: Size, to: Size, x: number, y: number): number {
  const step = 1e-4;
  const [x0, y0] = at(m, x, y);
  const [x1, y1] = at(m, x + step, y);
  const [x2, y2] = at(m, x, y + step);
  const area = Math.abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)) / step ** 2;
  return Math.sqrt((area * to.width * to.height) / (from.width * from.height));
}

// follow is how the second picture is looked at so that it shows what the
// first one does, at the same size. The whole of one goes with the whole of
// the other. m maps the first to the second; sizes are those when fitted.
export function follow(look: Look, m: Matrix, from: Size, to: Size): Look {
  if (look.zoom <= 1) return { x: 0.5, y: 0.5, zoom: 1 };
  const [x, y] = at(m, look.x, look.y);
  const factor = enlarges(m, from, to, look.x, look.y);
  return { x, y, zoom: factor > 0 && Number.isFinite(factor) ? look.zoom / factor : look.zoom };
}

export type Point = readonly [number, number];

// corners are those of a box x0, y0, x1, y1.
export function corners(box: readonly number[]): Point[] {
  const [x0, y0, x1, y1] = box as [number, number, number, number];
  return [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
}

// Region is a part that both pictures have, or a place in it where they
// differ, by the number that stands in both.
export interface Region {
  n: number;
  kind: "shared" | "changed";
  a: readonly Point[] | null; // null where the other picture alone has it
  b: readonly Point[] | null;
  where: string; // in words, of a difference
}

type Polygon = readonly (readonly number[])[];
type Changes = readonly { box: readonly number[]; where: string }[];

// Found is what the program found two pictures to share.
export interface Found {
  region_a: Polygon;
  region_b: Polygon;
  changed_a: Changes;
  changed_b: Changes;
}

// regionsOf numbers the regions of a pair: first what both show, then where
// they differ in it. Differences are twins where there are as many on each
// side; else each stands for itself.
export function regionsOf(shared: Found): Region[] {
  const list: Region[] = [];
  const add = (kind: Region["kind"], a: readonly Point[] | null, b: readonly Point[] | null, where = "") => list.push({ n: list.length + 1, kind, a, b, where });
  const polygon = (points: Polygon) => (points.length >= 3 ? (points as unknown as readonly Point[]) : null);
  if (polygon(shared.region_a) || polygon(shared.region_b)) add("shared", polygon(shared.region_a), polygon(shared.region_b));
  const { changed_a: a, changed_b: b } = shared;
  if (a.length === b.length) a.forEach((c, i) => add("changed", corners(c.box), corners(b[i]!.box), c.where));
  else {
    a.forEach((c) => add("changed", corners(c.box), null, c.where));
    b.forEach((c) => add("changed", null, corners(c.box), c.where));
  }
  return list;
}

// outline writes a polygon for an SVG of a size.
export function outline(points: readonly Point[], size: Size): string {
  return points.map(([x, y]) => `${(x * size.width).toFixed(1)},${(y * size.height).toFixed(1)}`).join(" ");
}

// topmost is where the number of a polygon stands: its upper left corner, kept
// within the picture.
export function topmost(points: readonly Point[]): Point {
  const [x, y] = points.reduce((best, p) => (p[0] + p[1] < best[0] + best[1] ? p : best));
  return [Math.min(Math.max(x, 0.01), 0.97), Math.min(Math.max(y, 0.01), 0.97)];
}
