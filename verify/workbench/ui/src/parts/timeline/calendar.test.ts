import { describe, expect, it } from "vitest";
import { lengthOf, momentText, spanText, starts, stepFor, tickText, wider, widerText, zoneOf } from "./calendar";

const at = (text: string): number => Date.parse(text);
const iso = (list: number[]): string[] => list.map((ms) => new Date(ms).toISOString());
const utc = zoneOf("Z")!;
const baghdad = zoneOf("+03:00")!;
const kyiv = zoneOf("Europe/Kyiv")!;

describe("zoneOf", () => {
  it("reads offsets and names, and makes none up", () => {
    expect(baghdad.offset(0)).toBe(180);
    expect(zoneOf("-09:30")!.offset(0)).toBe(-570);
    expect(kyiv.offset(at("2026-01-15T00:00:00Z"))).toBe(120);
    expect(kyiv.offset(at("2026-07-15T00:00:00Z"))).toBe(180);
    for (const none of [undefined, "", "zone unknown", "+3", "Nowhere/At-all"]) expect(zoneOf(none)).toBeNull();
  });
});

describe("starts", () => {
  it("begins days at midnight of the zone", () => {
    expect(iso(starts({ unit: "day", n: 1 }, at("2026-05-16T10:00:00Z"), at("2026-05-17T10:00:00Z"), baghdad))).toEqual([
      "2026-05-15T21:00:00.000Z",
      "2026-05-16T21:00:00.000Z",
      "2026-05-17T21:00:00.000Z",
    ]);
  });

  it("keeps to midnight when the clocks change", () => {
    const days = starts({ unit: "day", n: 1 }, at("2026-03-28T12:00:00Z"), at("2026-03-30T12:00:00Z"), kyiv);
    expect(days.map((d) => momentText(d, kyiv))).toEqual(["28 Mar 2026 00:00:00 +02:00", "29 Mar 2026 00:00:00 +02:00", "30 Mar 2026 00:00:00 +03:00", "31 Mar 2026 00:00:00 +03:00"]);
  });

  it("begins weeks on Monday, months on the first and centuries at their year", () => {
    expect(iso(starts({ unit: "day", n: 7 }, at("2026-05-14T00:00:00Z"), at("2026-05-15T00:00:00Z"), utc))[0]).toBe("2026-05-11T00:00:00.000Z");
    expect(iso(starts({ unit: "month", n: 3 }, at("2026-05-14T00:00:00Z"), at("2026-05-15T00:00:00Z"), utc))).toEqual(["2026-04-01T00:00:00.000Z", "2026-07-01T00:00:00.000Z"]);
    expect(iso(starts({ unit: "month", n: 1200 }, at("1950-01-01T00:00:00Z"), at("1951-01-01T00:00:00Z"), utc))[0]).toBe("1900-01-01T00:00:00.000Z");
  });

  it("covers any window with ascending steps and ends", () => {
    for (const length of [9e3, 4e6, 9e7, 4e9, 3e11, 1e13]) {
      const from = at("2026-03-29T00:30:00Z");
      const step = stepFor(length, 12);
      const list = starts(step, from, from + length, kyiv);
      expect(list[0]).toBeLessThanOrEqual(from);
      expect(list.at(-1)).toBeGreaterThan(from + length);
      expect(list.length).toBeLessThan(16);
      for (let i = 1; i < list.length; i++) expect(list[i]! > list[i - 1]!).toBe(true);
    }
  });
});

describe("labels", () => {
  it("say the time at the tick and the day under it", () => {
    const step = stepFor(6 * 3600e3, 12);
    expect(lengthOf(step)).toBe(1800e3);
    expect(tickText(at("2026-05-16T11:00:00Z"), step, baghdad)).toBe("14:00");
    expect(widerText(at("2026-05-16T11:00:00Z"), wider(step)!, baghdad)).toBe("16 May 2026");
    expect(tickText(at("2026-05-16T11:00:07Z"), { unit: "second", n: 1 }, baghdad)).toBe("14:00:07");
    expect(wider({ unit: "month", n: 12 })).toBeNull();
  });

  it("never write a time without its zone", () => {
    expect(momentText(at("2026-05-16T11:02:11Z"), baghdad)).toBe("16 May 2026 14:02:11 +03:00");
    expect(spanText(at("2026-05-16T11:00:00Z"), at("2026-05-16T11:30:00Z"), utc)).toBe("16 May 2026 11:00:00 – 11:30:00 Z");
    expect(spanText(at("2026-05-16T11:00:00Z"), at("2026-05-17T11:30:00Z"), utc)).toBe("16 May 2026 11:00:00 – 17 May 2026 11:30:00 Z");
  });
});
