import { describe, expect, it } from "vitest";
import { at, corners, enlarges, follow, matrix3d, regionsOf, stretched, topmost, type Matrix } from "./geometry";

// B is the right half of A, at half its size: 400 × 300 and 100 × 150 pixels.
const aToB: Matrix = [2, 0, -1, 0, 1, 0, 0, 0, 1];
const bToA: Matrix = [0.5, 0, 0.5, 0, 1, 0, 0, 0, 1];
const a = { width: 400, height: 300 };
const b = { width: 100, height: 150 };

// seen applies a CSS matrix3d to a point of the plane, as a browser does.
function seen(css: string, x: number, y: number): [number, number] {
  const m = css.slice(9, -1).split(", ").map(Number);
  const w = m[3]! * x + m[7]! * y + m[15]!;
  return [(m[0]! * x + m[4]! * y + m[12]!) / w, (m[1]! * x + m[5]! * y + m[13]!) / w];
}

describe("one picture laid on another", () => {
  it("puts the corners of B where they are in A", () => {
    const css = matrix3d(bToA, b, a);
    expect(seen(css, 0, 0)).toEqual([200, 0]);
    expect(seen(css, 100, 150)).toEqual([400, 300]);
  });
  it("goes the other way too", () => {
    expect(seen(matrix3d(aToB, a, b), 300, 150)).toEqual([50, 75]);
  });
  it("keeps perspective", () => {
    const tilted: Matrix = [1, 0.2, 0, 0, 1, 0, 0.5, 0, 1];
    const [x, y] = seen(matrix3d(tilted, b, a), 50, 75);
    const [u, v] = at(tilted, 0.5, 0.5);
    expect(x).toBeCloseTo(u * 400);
    expect(y).toBeCloseTo(v * 300);
  });
  it("covers all of A with B where no map is known", () => {
    expect(seen(matrix3d(stretched, b, a), 100, 150)).toEqual([400, 300]);
  });
});

describe("a locked look", () => {
  it("shows the same part of B, at the same size", () => {
    const look = follow({ x: 0.75, y: 0.5, zoom: 4 }, aToB, a, b);
    expect([look.x, look.y]).toEqual([0.5, 0.5]);
    expect(enlarges(aToB, a, b, 0.75, 0.5)).toBeCloseTo(0.5);
    expect(look.zoom).toBeCloseTo(8);
  });
  it("comes back to where it began", () => {
    const began = { x: 0.6, y: 0.4, zoom: 3 };
    const back = follow(follow(began, aToB, a, b), bToA, b, a);
    expect(back.x).toBeCloseTo(began.x);
    expect(back.y).toBeCloseTo(began.y);
    expect(back.zoom).toBeCloseTo(began.zoom);
  });
  it("shows the whole of both to begin with", () => {
    expect(follow({ x: 0.5, y: 0.5, zoom: 1 }, aToB, a, b)).toEqual({ x: 0.5, y: 0.5, zoom: 1 });
  });
  it("stays usable where the map squeezes a picture to a line", () => {
    expect(follow({ x: 0.5, y: 0.5, zoom: 2 }, [0, 0, 0.5, 0, 0, 0.5, 0, 0, 1], a, b).zoom).toBe(2);
  });
});

describe("regions", () => {
  const square = corners([0.1, 0.2, 0.5, 0.6]);
  const change = { box: [0.4, 0.4, 0.6, 0.6], where: "the middle" };
  it("have one number in both pictures", () => {
    const list = regionsOf({ region_a: square, region_b: square, changed_a: [change], changed_b: [change] });
    expect(list.map((r) => [r.n, r.kind, r.a !== null, r.b !== null])).toEqual([
      [1, "shared", true, true],
      [2, "changed", true, true],
    ]);
  });
  it("stand for themselves where the other picture has no twin", () => {
    const list = regionsOf({ region_a: [], region_b: [], changed_a: [change], changed_b: [] });
    expect(list).toHaveLength(1);
    expect(list[0]).toMatchObject({ b: null, where: "the middle" });
  });
  it("have their number at the top", () => {
    expect(topmost([[0.5, 0.5], [0.2, 0.3], [0.7, 0.3]])).toEqual([0.2, 0.3]);
    expect(topmost([[-0.5, -0.5], [1, 0], [1, 1]])).toEqual([0.01, 0.01]);
  });
});
