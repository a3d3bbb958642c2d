import { describe, expect, it } from "vitest";
import { cluster, nextDot, type Dot, type MapMark } from "./cluster";

const project = (lon: number, lat: number): [number, number] => [lon, lat];
const mark = (id: string, lon: number, lat: number, more: Partial<MapMark> = {}): MapMark => ({ id, lon, lat, label: id, ...more });

describe("cluster", () => {
  it("joins what lies together and leaves the rest alone", () => {
    const dots = cluster([mark("a", 100, 100), mark("b", 104, 101), mark("c", 300, 100)], project, 400, 400);
    expect(dots.map((d) => d.marks.map((m) => m.id).join(""))).toEqual(["ab", "c"]);
    expect(dots[0]!.count).toBe(2);
  });

  it("joins neighbours on both sides of a cell's edge", () => {
    expect(cluster([mark("a", 89, 50), mark("b", 91, 50)], project, 400, 400)).toHaveLength(1);
  });

  it("counts what a mark stands for and keeps that one is selected", () => {
    const [dot] = cluster([mark("a", 100, 100, { count: 7 }), mark("b", 101, 100, { selected: true })], project, 400, 400);
    expect(dot).toMatchObject({ count: 8, selected: true });
  });

  it("leaves out what is off the map or nowhere", () => {
    expect(cluster([mark("a", -500, 10)], project, 400, 400)).toEqual([]);
    expect(cluster([mark("a", 10, 10)], () => null, 400, 400)).toEqual([]);
  });

  it("draws 20,000 marks as 300 dots at most and loses none", () => {
    const marks: MapMark[] = [];
    for (let i = 0; i < 20_000; i++) marks.push(mark(`m${i}`, (i * 7919) % 1900, (i * 104_729) % 1000));
    const dots = cluster(marks, project, 1900, 1000);
    expect(dots.length).toBeLessThanOrEqual(300);
    expect(dots.reduce((n, d) => n + d.count, 0)).toBe(20_000);
  });

  it("gives the same for the same marks in another order", () => {
    const marks = Array.from({ length: 200 }, (_, i) => mark(`m${i}`, (i * 37) % 390, (i * 53) % 390));
    const shape = (all: MapMark[]): string[] => cluster(all, project, 400, 400).map((d) => `${d.x.toFixed(3)} ${d.y.toFixed(3)} ${d.count}`);
    expect(shape(marks.toReversed())).toEqual(shape(marks));
  });
});

describe("nextDot", () => {
  const dots = [[0, 0], [50, 5], [10, 60], [100, 0]].map(([x, y], i): Dot => ({ key: String(i), x: x!, y: y!, marks: [], count: 1, selected: false }));

  it("goes to the nearest mark in the direction of the key", () => {
    expect(nextDot(dots, 0, "ArrowRight")).toBe(1);
    expect(nextDot(dots, 1, "ArrowRight")).toBe(3);
    expect(nextDot(dots, 0, "ArrowDown")).toBe(2);
    expect(nextDot(dots, 3, "ArrowLeft")).toBe(1);
  });

  it("stays where there is none", () => {
    expect(nextDot(dots, 3, "ArrowRight")).toBe(3);
    expect(nextDot([], 0, "ArrowUp")).toBe(0);
  });
});
