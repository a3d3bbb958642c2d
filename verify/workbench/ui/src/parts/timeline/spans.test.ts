import { describe, expect, it } from "vitest";
import { binAt, binned, bunched, coreWindow, fitWindow, packed, spansOf, strongest, zoomedWindow, type TimeMark } from "./spans";
import { lanesOf } from "./lanes";

const mark = (id: string, from: string, to: string, more: Partial<TimeMark> = {}): TimeMark => ({ id, from, to, label: id, trust: "device", ...more });
const hour = 3_600_000;
const noon = Date.parse("2026-05-16T12:00:00Z");
const after = (hours: number): string => new Date(noon + hours * hour).toISOString();

describe("spansOf", () => {
  it("keeps what is open open and leaves out what has no time", () => {
    const spans = spansOf([mark("a", "", after(0)), mark("b", after(1), ""), mark("c", "", ""), mark("d", "never", "no")]);
    expect(spans.map((s) => [s.mark.id, s.open])).toEqual([["a", "from"], ["b", "to"]]);
  });
});

describe("binned", () => {
  const edges = [0, 1, 2, 3, 4].map((h) => noon + h * hour);

  it("counts what is certain in its bin and spreads what is not", () => {
    const bins = binned(spansOf([mark("a", after(0.5), after(0.5)), mark("b", after(1), after(3))]), edges);
    expect(bins.map((b) => b.strong)).toEqual([1, 0, 0, 0]);
    expect(bins.map((b) => b.weak.toFixed(6))).toEqual(["0.000000", "0.500000", "0.500000", "0.000000"]);
  });

  it("takes a time that is bounded on one side only as weak", () => {
    const [bin] = binned(spansOf([mark("not after", "", after(0.5)), mark("not before", after(0.5), "")]), edges);
    expect(bin).toMatchObject({ strong: 0, weak: 2 });
  });

  it("takes a weak time as weak however exact it looks", () => {
    const [bin] = binned(spansOf([mark("a", after(0.5), after(0.5), { trust: "derived" })]), edges);
    expect(bin).toMatchObject({ strong: 0, weak: 1 });
  });

  it("adds up what was counted before, spread over its bounds", () => {
    const bins = binned(spansOf([mark("a", after(1), after(3), { count: 40 }), mark("b", after(1), after(2), { count: 6, trust: "none" })]), edges);
    expect(bins.map((b) => Math.round(b.strong))).toEqual([0, 20, 20, 0]);
    expect(bins.map((b) => Math.round(b.weak))).toEqual([0, 6, 0, 0]);
  });

  it("counts only the share that is seen of what goes on beyond the edge", () => {
    const bins = binned(spansOf([mark("a", after(3), after(7))]), edges);
    expect(bins[3]!.weak).toBeCloseTo(0.25);
  });

  it("loses none of 20,000 marks", () => {
    const marks = Array.from({ length: 20_000 }, (_, i) => mark(`m${i}`, after((i % 400) / 100), after((i % 400) / 100)));
    const bins = binned(spansOf(marks), edges);
    expect(bins.reduce((n, b) => n + b.strong, 0)).toBe(20_000);
  });

  it("finds the bin of an instant", () => {
    expect([noon - 1, noon, noon + hour - 1, noon + hour, noon + 9 * hour].map((t) => binAt(edges, t))).toEqual([-1, 0, 0, 1, 4]);
  });
});

describe("bunched", () => {
  const x = (at: number): number => ((at - noon) / hour) * 100;

  it("joins marks of one lane that cannot be told apart, not those of two", () => {
    const spans = spansOf([mark("a", after(1), after(1), { group: "one" }), mark("b", after(1.02), after(1.02), { group: "one" }), mark("c", after(1), after(1), { group: "two" })]);
    const lanes = lanesOf(spans);
    expect(lanes.names).toEqual(["one", "two"]);
    const bunches = bunched(spans, lanes.laneOf, x, 800);
    expect(bunches.map((b) => b.spans.map((s) => s.mark.id).join(""))).toEqual(["ab", "c"]);
  });

  it("draws 20,000 marks as 300 at most", () => {
    const spans = spansOf(Array.from({ length: 20_000 }, (_, i) => mark(`m${i}`, after(i / 2500), after(i / 2500), { group: `g${i % 90}` })));
    const lanes = lanesOf(spans);
    expect(lanes.names.length).toBe(40);
    expect(lanes.others).toBe(51);
    const bunches = bunched(spans, lanes.laneOf, x, 800);
    expect(bunches.length).toBeLessThanOrEqual(300);
    expect(bunches.reduce((n, b) => n + b.spans.length, 0)).toBe(20_000);
  });

  it("shows the best trust of what it joins", () => {
    expect(strongest(spansOf([mark("a", after(0), after(0), { trust: "derived" }), mark("b", after(0), after(0), { trust: "platform" })]))).toBe("platform");
    expect(strongest([])).toBe("none");
  });
});

it("packs bars so that none lies over another", () => {
  const spans = spansOf([mark("a", after(0), after(2)), mark("b", after(1), after(3)), mark("c", after(4), after(5))]);
  const { row, rows } = packed(spans, (at) => ((at - noon) / hour) * 100);
  expect(rows).toBe(2);
  expect(row.get("a")).not.toBe(row.get("b"));
});

describe("a window", () => {
  it("fits all marks, and zooms about an instant", () => {
    const w = fitWindow(spansOf([mark("a", after(0), after(0)), mark("b", after(10), after(10))]));
    expect(w.from).toBeLessThan(noon);
    expect(w.to).toBeGreaterThan(noon + 10 * hour);
    const z = zoomedWindow(w, 0.5, noon);
    expect((noon - z.from) / (z.to - z.from)).toBeCloseTo((noon - w.from) / (w.to - w.from));
  });

  it("leaves a clock that was never set out of the first view, and only then", () => {
    const marks = Array.from({ length: 100 }, (_, i) => mark(`m${i}`, after(i), after(i)));
    const lost = mark("lost", "2000-01-01T00:00:00Z", "2000-01-01T00:00:00Z");
    expect(coreWindow(spansOf([...marks, lost])).from).toBeGreaterThan(noon - 100 * hour);
    expect(coreWindow(spansOf(marks))).toEqual(fitWindow(spansOf(marks)));
    expect(coreWindow(spansOf([marks[0]!, lost])).from).toBeLessThan(Date.parse("2001-01-01T00:00:00Z"));
  });

  it("stays between seconds and centuries", () => {
    const w = fitWindow(spansOf([mark("a", after(0), after(0))]));
    expect(zoomedWindow(w, 1e-12, noon).to - zoomedWindow(w, 1e-12, noon).from).toBe(10_000);
    const wide = zoomedWindow(w, 1e15, noon);
    expect(wide.to - wide.from).toBeLessThan(401 * 366 * 24 * hour);
  });
});
