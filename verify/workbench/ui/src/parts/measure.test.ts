import { expect, test } from "vitest";
import { bytes, duration } from "./measure";
import { position, radius } from "./PlaceValue";
import { withoutPaths } from "./State";
import { sentence } from "./Toast";
import { inZone } from "./zone";

test("sizes and durations are written as people read them", () => {
  expect([bytes(0), bytes(999), bytes(1500), bytes(12_300_000), bytes(4.2e9)]).toEqual(["0 bytes", "999 bytes", "1.5 kB", "12 MB", "4.2 GB"]);
  expect([duration(0), duration(14), duration(3723), duration(-1)]).toEqual(["0:00", "0:14", "1:02:03", "0:00"]);
});

test("positions have four decimals, and say how far off they may be", () => {
  expect(position(33.31281, 44.36149)).toBe("33.3128, 44.3615");
  expect(position(null, 44)).toBe("");
  expect([radius(12.4), radius(1500), radius(25_000)]).toEqual(["± 12 m", "± 1.5 km", "± 25 km"]);
});

test("a time is written in the zone that was chosen, with its offset, and in no other", () => {
  expect(inZone("2026-05-16T11:02:11Z", "Europe/Kyiv")).toBe("16 May 2026 14:02:11 +03:00");
  expect(inZone("2026-05-16T11:02:11Z", "UTC")).toBe("16 May 2026 11:02:11 Z");
  expect(inZone("", "UTC")).toBe("");
  expect(inZone("2026-05-16T11:02:11Z", "Nowhere/Else")).toBe("");
});

test("details to pass on hold no path and no name of a file", () => {
  expect(withoutPaths('cannot read /home/ada/Northgate/a b.jpg: "secret.mp4" at C:\\Cases\\x.db')).not.toMatch(/ada|Northgate|secret|Cases|b\.jpg/);
});

test("messages of the program are shown as sentences", () => {
  expect([sentence("nothing was changed"), sentence("Try again?"), sentence("Done.")]).toEqual(["Nothing was changed.", "Try again?", "Done."]);
});
