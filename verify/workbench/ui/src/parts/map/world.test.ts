import { expect, it } from "vitest";
import { readFileSync } from "node:fs";
import { seen, take, thinned } from "./world";
import { boxOf } from "./view";

const drawing = (): Parameters<typeof take>[0] => JSON.parse(readFileSync("node_modules/world-atlas/countries-50m.json", "utf8")) as Parameters<typeof take>[0];

it("takes the drawing of the world apart so that only what is seen is drawn", async () => {
  const world = await take(drawing());
  expect(world.countries[0]!.text).toBe("Russia");
  expect(world.countries.length).toBeGreaterThan(200);
  expect(world.borders.length).toBeGreaterThan(150);
  const malta = boxOf({ lat: 35.9, lon: 14.4, mpp: 300 }, { width: 600, height: 300 });
  const near = seen(world.land, malta, 300);
  expect(near.length).toBeGreaterThan(0);
  expect(near.length).toBeLessThan(10);
});

it("leaves out points that no pixel shows and keeps the ends of lines", () => {
  const points: number[][] = [];
  const sink = { point: (x: number, y: number) => void points.push([x, y]), lineStart() {}, lineEnd() {}, polygonStart() {}, polygonEnd() {} };
  const line = thinned(sink);
  line.lineStart();
  for (const x of [0, 0.1, 0.2, 3, 3.1, 3.3]) line.point(x, 0);
  line.lineEnd();
  expect(points).toEqual([[0, 0], [3, 0], [3.3, 0]]);
});
