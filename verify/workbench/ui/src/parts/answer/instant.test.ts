import { describe, expect, test } from "vitest";
import { zoneOf } from "../timeline/calendar";
import { around, iso, number, position, reading, typed } from "./instant";

const utc = zoneOf("Z")!;
const kyiv = zoneOf("Europe/Kyiv")!;
const written = (text: string, zone = utc) => {
  const span = reading(text, zone);
  return span && `${iso(span.from)} ${iso(span.to)}`;
};

describe("a time as it is typed", () => {
  test("is as wide as what is left out", () => {
    expect(written("2026-05-16 14:02:11")).toBe("2026-05-16T14:02:11Z 2026-05-16T14:02:11Z");
    expect(written("2026-05-16 14:02")).toBe("2026-05-16T14:02:00Z 2026-05-16T14:02:59Z");
    expect(written("2026-05-16T14")).toBe("2026-05-16T14:00:00Z 2026-05-16T14:59:59Z");
    expect(written(" 2026-5-16 ")).toBe("2026-05-16T00:00:00Z 2026-05-16T23:59:59Z");
  });

  test("is of the zone beside it, or of its own", () => {
    expect(written("2026-05-16 14:02", kyiv)).toBe("2026-05-16T11:02:00Z 2026-05-16T11:02:59Z");
    expect(written("2026-01-16", kyiv)).toBe("2026-01-15T22:00:00Z 2026-01-16T21:59:59Z");
    expect(written("2026-05-16 14:02 +05:30", kyiv)).toBe("2026-05-16T08:32:00Z 2026-05-16T08:32:59Z");
    expect(written("2026-05-16 14:02Z", kyiv)).toBe("2026-05-16T14:02:00Z 2026-05-16T14:02:59Z");
  });

  test("a day on which clocks change is as long as it was", () => {
    expect(written("2026-03-29", kyiv)).toBe("2026-03-28T22:00:00Z 2026-03-29T20:59:59Z");
  });

  test("in the hours before clocks change, they have not changed yet", () => {
    expect(written("2026-03-29 02:30", kyiv)).toBe("2026-03-29T00:30:00Z 2026-03-29T00:30:59Z"); // an hour later here, they have
    expect(written("2026-10-25 02:30", kyiv)).toBe("2026-10-24T23:30:00Z 2026-10-24T23:30:59Z");
    expect(written("2026-03-08 03:30", zoneOf("America/New_York")!)).toBe("2026-03-08T07:30:00Z 2026-03-08T07:30:59Z");
  });

  test("may have the digits of another script", () => {
    expect(written("٢٠٢٦-٠٥-١٦ ١٤:٠٢")).toBe("2026-05-16T14:02:00Z 2026-05-16T14:02:59Z");
  });

  test("is refused where there is no such time", () => {
    for (const text of ["", "soon", "2026-02-30", "2026-13-01", "2026-05-16 25:00", "2026-05-16 14:60", "16.05.2026", "2026-05-16 14:02 Mars"]) expect(reading(text, utc), text).toBeNull();
  });

  test("reads again as it was written", () => {
    for (const text of ["2026-05-16 14:02", "2026-05-16 14:02:11", "2026-12-31 23:59"]) {
      const span = reading(text, kyiv)!;
      expect(reading(typed(span.from, kyiv, false), kyiv)!.from).toBe(span.from);
      expect(reading(typed(span.to, kyiv, true), kyiv)!.to).toBe(span.to);
    }
  });
});

test("the hour around an instant is one of its zone", () => {
  const india = zoneOf("+05:30")!;
  const span = around(Date.parse("2026-05-16T14:10:00Z"), "hour", india);
  expect(iso(span.from)).toBe("2026-05-16T13:30:00Z");
  expect(iso(span.to)).toBe("2026-05-16T14:29:59Z");
});

test("a position is two numbers of degrees", () => {
  expect(position("50.4501, 30.5234")).toEqual({ latitude: 50.4501, longitude: 30.5234 });
  expect(position("-33.5 −70.25")).toEqual({ latitude: -33.5, longitude: -70.25 });
  expect(position("٥٠٫٤٥، ٣٠٫٥")).toEqual({ latitude: 50.45, longitude: 30.5 });
  for (const text of ["", "50.45", "91, 0", "0, 181", "north, east", "1,2,3"]) expect(position(text), text).toBeNull();
});

test("a number keeps to its bounds", () => {
  expect(number("150", 1, 20_000_000)).toBe(150);
  for (const text of ["0", "-5", "1e3", "", "20000001"]) expect(number(text, 1, 20_000_000), text).toBeNull();
});
