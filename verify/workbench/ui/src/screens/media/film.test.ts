import { describe, expect, it } from "vitest";
import { atSeconds, clock, decimalsFor, faster, nearestIn, slower, wavePath } from "./film";

describe("moving through a video", () => {
  it("asks for a frame by milliseconds that never come before it", () => {
    expect(atSeconds(1001 / 30000)).toEqual({ us: 33367, ms: 34, text: "0:00.033" });
    expect(atSeconds(2).ms).toBe(2000);
  });
  it("writes times as a player does and never a later one", () => {
    expect(clock(14.28, 2)).toBe("0:14.28");
    expect(clock(3599.999)).toBe("59:59");
    expect(clock(3723.5, 1)).toBe("1:02:03.5");
    expect(clock(-1)).toBe("0:00");
  });
  it("tells close frames apart", () => {
    expect(decimalsFor([0, 1, 2])).toBe(0);
    expect(decimalsFor([0, 0.5, 1])).toBe(1);
    expect(decimalsFor([0, 0.04, 0.08])).toBe(2);
  });
  it("goes faster and slower by steps and never backwards", () => {
    expect([faster(0), faster(1), faster(4)]).toEqual([1, 1.5, 4]);
    expect([slower(0), slower(1), slower(0.25)]).toEqual([0.5, 0.5, 0.25]);
  });
  it("finds the nearest frame of the strip", () => {
    expect(nearestIn([0, 2, 4], 2.9)).toBe(1);
    expect(nearestIn([], 1)).toBe(-1);
  });
  it("draws silence as a line and loud moments within the box", () => {
    expect(wavePath([0, 2], 10)).toBe("M0.5 4.5v1.0M1.5 0.0v10.0");
  });
});
