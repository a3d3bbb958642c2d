import { describe, expect, it } from "vitest";
import { fitted, moved, mostZoom, nearer, placed, whole } from "./viewport";

describe("a window on a picture", () => {
  it("fits the whole picture and keeps its shape", () => {
    const size = fitted({ width: 4000, height: 3000 }, { width: 800, height: 400 });
    expect(size.height).toBeCloseTo(400);
    expect(size.width / size.height).toBeCloseTo(4 / 3);
  });
  it("takes the window where the size is not known", () => {
    expect(fitted({ width: 0, height: 0 }, { width: 800, height: 400 })).toEqual({ width: 800, height: 400 });
  });
  it("comes nearer by steps, within bounds, and back to the whole", () => {
    expect(nearer(whole, 100).zoom).toBe(mostZoom);
    expect(nearer(nearer(whole, 3), -3)).toEqual(whole);
    expect(nearer(whole, -5)).toEqual(whole);
  });
  it("never leaves the picture", () => {
    const near = nearer(whole, 3);
    const corner = moved(moved(near, -10, 0), 0, 10);
    expect(corner.x).toBeCloseTo(0.5 / near.zoom);
    expect(corner.y).toBeCloseTo(1 - 0.5 / near.zoom);
    expect(moved(whole, 1, 1)).toEqual(whole);
  });
  it("puts the point that is looked at in the middle", () => {
    const at = placed({ x: 0.25, y: 0.5, zoom: 2 }, { width: 400, height: 200 }, { width: 500, height: 300 });
    expect(at.left + 0.25 * 400 * 2).toBe(250);
    expect(at.top + 0.5 * 200 * 2).toBe(150);
  });
});
