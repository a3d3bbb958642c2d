import { describe, expect, it } from "vitest";
import { boxOf, fit, isClose, meets, metresPerDegree, moved, projectionOf, widest, zoomed, type View } from "./view";

const size = { width: 800, height: 400 };
const kyiv = { lat: 50.45, lon: 30.52 };

function pixels(view: View, lat: number, lon: number): [number, number] {
  return projectionOf(view, size)([lon, lat])!;
}

describe("a view", () => {
  it("shows the middle in the middle, near and far", () => {
    for (const mpp of [1, 50, 3000, 20_000]) {
      const [x, y] = pixels({ ...kyiv, mpp }, kyiv.lat, kyiv.lon);
      expect(Math.hypot(x - 400, y - 200)).toBeLessThan(0.01);
    }
  });

  it("draws ground to scale where it is Mercator: 1 km north and 1 km east are as long", () => {
    const view = { ...kyiv, mpp: 10 };
    const north = pixels(view, kyiv.lat + 1000 / metresPerDegree, kyiv.lon);
    const east = pixels(view, kyiv.lat, kyiv.lon + 1000 / metresPerDegree / Math.cos((kyiv.lat * Math.PI) / 180));
    expect(200 - north[1]).toBeCloseTo(100, 0);
    expect(east[0] - 400).toBeCloseTo(100, 0);
  });

  it("keeps its scale where one projection takes over from the other", () => {
    const limit = 3_000_000 / size.width;
    const high = (mpp: number): number => 200 - pixels({ ...kyiv, mpp }, kyiv.lat + 1, kyiv.lon)[1];
    expect(isClose({ ...kyiv, mpp: limit * 0.999 }, size)).toBe(true);
    expect(isClose({ ...kyiv, mpp: limit * 1.001 }, size)).toBe(false);
    expect(high(limit * 0.999) / high(limit * 1.001)).toBeCloseTo(1, 1);
  });

  it("zooms about a point, which stays where it is", () => {
    const view = { ...kyiv, mpp: 1000 };
    const at: [number, number] = [600, 120];
    const under = projectionOf(view, size).invert!(at)!;
    const after = pixels(zoomed(view, size, 0.5, at), under[1], under[0]);
    expect(Math.hypot(after[0] - at[0], after[1] - at[1])).toBeLessThan(3);
  });

  it("moves by pixels", () => {
    const after = pixels(moved({ ...kyiv, mpp: 500 }, size, 60, -30), kyiv.lat, kyiv.lon);
    expect(after[0]).toBeCloseTo(340, 0);
    expect(after[1]).toBeCloseTo(230, 0);
  });

  it("never leaves the earth", () => {
    let view: View = { lat: 80, lon: 179, mpp: 1000 };
    for (let i = 0; i < 50; i++) view = moved(view, size, 300, -300);
    expect(Math.abs(view.lat)).toBeLessThanOrEqual(84);
    expect(Math.abs(view.lon)).toBeLessThanOrEqual(180);
    expect(zoomed({ ...kyiv, mpp: 1000 }, size, 1e9).lat).toBe(0); // the whole world stands in the middle
    expect(zoomed(view, size, 1e9).mpp).toBe(widest(size));
    expect(zoomed(view, size, 1e-9).mpp).toBe(1);
  });
});

describe("what fits a view", () => {
  it("holds every position and its circle", () => {
    const positions = [{ lat: 33.31, lon: 44.36, radiusM: 20_000 }, { lat: 36.2, lon: 37.1 }, { lat: 31.5, lon: 34.4 }];
    const view = fit(positions, size);
    for (const p of positions) {
      const [x, y] = pixels(view, p.lat, p.lon);
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(800);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(400);
    }
  });

  it("goes the short way around the globe", () => {
    const view = fit([{ lat: -17, lon: 178 }, { lat: -17, lon: -179 }], size);
    expect(Math.abs(view.lon)).toBeCloseTo(179.5, 3);
    expect(view.mpp * size.width).toBeLessThan(1_000_000);
  });

  it("is the world where there is nothing, and towns around a single place", () => {
    expect(fit([], size).mpp).toBe(widest(size));
    expect(fit([kyiv], size).mpp).toBe(150);
  });
});

describe("an area", () => {
  it("meets what lies across the 180th meridian", () => {
    const box = boxOf({ lat: -17, lon: 179.9, mpp: 500 }, size);
    expect(box.east).toBeGreaterThan(180);
    expect(meets({ south: -18, north: -16, west: -180, east: -179.5 }, box)).toBe(true);
    expect(meets({ south: -18, north: -16, west: 100, east: 110 }, box)).toBe(false);
  });
});
