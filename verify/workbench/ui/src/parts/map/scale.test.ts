import { describe, expect, it } from "vitest";
import { metres } from "../measure";
import { coordinates, degrees, graticuleStep, scaleBar } from "./scale";

describe("the scale", () => {
  it("is the longest round distance that fits", () => {
    expect(scaleBar(10, 120)).toEqual({ metres: 1000, pixels: 100, text: "1 km" });
    expect(scaleBar(4, 120)).toMatchObject({ metres: 200, pixels: 50, text: "200 m" });
    expect(scaleBar(25_000, 120)).toMatchObject({ metres: 2_000_000, text: "2,000 km" });
  });

  it("writes distances as people say them", () => {
    expect([metres(35), metres(1250), metres(23_400)]).toEqual(["35 m", "1.3 km", "23 km"]);
  });
});

describe("the graticule", () => {
  it("has lines at least 80 pixels apart", () => {
    for (const mpp of [2, 30, 700, 5000]) expect((graticuleStep(mpp) * 111_195) / mpp).toBeGreaterThanOrEqual(80);
  });

  it("names its lines with their side, and with the decimals of the step", () => {
    expect(degrees(-33.5, "lat", 0.5)).toBe("33.5° S");
    expect(degrees(190, "lon", 10)).toBe("170° W");
    expect(degrees(0, "lon", 10)).toBe("0°");
    expect(degrees(30.6, "lon", 0.2)).toBe("30.6° E");
  });
});

describe("coordinates", () => {
  it("have four decimals at most and fewer from afar", () => {
    expect(coordinates(33.312849, 44.361488)).toBe("33.3128, 44.3615");
    expect(coordinates(33.312849, 44.361488, 9000)).toBe("33.3, 44.4");
    expect(coordinates(-17, 181.5, 100)).toBe("-17.000, -178.500");
  });
});
