import { describe, expect, it } from "vitest";
import { moment, region, written } from "./evidence";

describe("evidence", () => {
  it("is written as the program takes it", () => {
    expect(written("url", " https://example.org/a;b ")).toBe("url=https://example.org/a%3Bb");
    expect(written("frame", "1:02.5")).toBe("frame_ms=62500");
    expect(written("region", "10, 20, 50, 60")).toBe("file_region=0.1,0.2,0.5,0.6");
    expect(written("satellite", "2022-03-04")).toBe("sat_image_date=2022-03-04");
  });
  it("is refused where the words cannot be meant", () => {
    for (const [kind, words] of [["url", "javascript:alert(1)"], ["url", "see the site"], ["frame", "1:75"], ["frame", "soon"], ["region", "50,20,10,60"], ["region", "1,2,3"], ["region", "0,0,101,50"], ["satellite", "2022-02-30"], ["satellite", "spring"], ["url", ""]] as const)
      expect(written(kind, words), words).toBeNull();
  });
});

describe("moment", () => {
  it("reads seconds, minutes and hours", () => {
    expect(moment("12.5")).toBe(12_500);
    expect(moment("90")).toBe(90_000);
    expect(moment("1:02:03.25")).toBe(3_723_250);
  });
});

describe("region", () => {
  it("takes per cent signs and spaces", () => {
    expect(region("0% 0% 100% 50%")).toEqual([0, 0, 1, 0.5]);
  });
});
