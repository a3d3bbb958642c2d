import { describe, expect, test } from "vitest";
import { aside, bandOf, columnsFor, inSight, lay, move, sectionOf, type Section } from "./gridLayout";

const shape = { columns: 4, row: 100, head: 30 };
const sections: Section[] = [
  { label: "a", from: 0, count: 6 },
  { label: "b", from: 6, count: 1 },
  { label: "c", from: 7, count: 9 },
];

describe("layout", () => {
  test("every item stands in exactly one row, whatever is in sight", () => {
    const at = lay(16, sections, shape);
    expect(at.height).toBe(3 * 30 + (2 + 1 + 3) * 100);
    const seen = inSight(at, 0, at.height).flatMap((s) => s.rows);
    const items = seen.flatMap((r) => Array.from({ length: r.to - r.from }, (_, i) => r.from + i));
    expect(items).toEqual(Array.from({ length: 16 }, (_, i) => i));
    for (const row of seen) expect(bandOf(at, row.from)).toEqual({ top: row.top, bottom: row.top + 100 });
  });
  test("only what is in sight is given", () => {
    const at = lay(20_000, [], { columns: 8, row: 190, head: 0 });
    const rows = inSight(at, 100_000, 100_760).flatMap((s) => s.rows);
    expect(rows.length).toBeLessThanOrEqual(6);
    expect(rows[0]!.top).toBeLessThanOrEqual(100_000);
    expect(rows.at(-1)!.top + 190).toBeGreaterThanOrEqual(100_760);
  });
  test("a section without rows in sight is not lost when its heading is", () => {
    const at = lay(16, sections, shape);
    expect(inSight(at, 230, 240).map((s) => s.section.label)).toEqual(["b"]);
  });
  test("nothing is laid out of nothing", () => {
    const at = lay(0, [], shape);
    expect(inSight(at, 0, 500).flatMap((s) => s.rows)).toEqual([]);
    expect(move(at, 0, "down", 3)).toBe(0);
  });
});

describe("move", () => {
  const at = lay(16, sections, shape);
  test.each([
    [0, "right", 1],
    [0, "left", 0],
    [15, "right", 15],
    [1, "down", 5],
    [3, "down", 5], // the row below is shorter
    [5, "down", 6], // over a heading
    [6, "down", 7],
    [6, "up", 4],
    [9, "up", 6],
    [2, "up", 2],
    [15, "down", 15],
    [0, "last", 15],
    [9, "first", 0],
    [0, "pageDown", 6],
    [15, "pageUp", 7],
  ] as const)("from %i %s to %i", (from, step, to) => {
    expect(move(at, from, step, 2)).toBe(to);
  });
  test("down and up come back in a full grid", () => {
    const whole = lay(400, [], { columns: 7, row: 10, head: 0 });
    for (let i = 0; i < 390; i++) expect(move(whole, move(whole, i, "down", 1), "up", 1)).toBe(i);
  });
  test("the section of a position", () => {
    expect([0, 5, 6, 7, 15].map((i) => sectionOf(at, i))).toEqual([0, 0, 1, 2, 2]);
  });
});

describe("columns", () => {
  const cell = { width: 176, picture: 132, words: 44, gap: 12 };
  test.each([
    [930, 500],
    [1480, 800],
    [2500, 1200],
    [3800, 1900],
    [300, 3000],
  ])("in %i by %i px no more are drawn than allowed", (width, height) => {
    const { columns, scale } = columnsFor(width, height, cell, 64);
    const rows = Math.ceil(height / (132 * scale + 44 + 12)) + 3;
    expect(columns === 1 || columns * rows <= 64).toBe(true);
    expect(scale).toBeGreaterThanOrEqual(1);
  });
  test("a usual window has pictures of the usual size", () => {
    expect(columnsFor(930, 500, cell, 64)).toEqual({ columns: 5, scale: 1 });
  });
});

test("what lies on a side comes next where the page reads that way", () => {
  expect([aside("left", false), aside("right", false), aside("left", true), aside("right", true)]).toEqual(["left", "right", "right", "left"]);
});
