import { describe, expect, it } from "vitest";
import { step, windowOf } from "./rowWindow";

describe("windowOf", () => {
  it("draws what is in sight and a little more", () => {
    expect(windowOf(3600, 720, 72, 2000)).toEqual([44, 66]);
  });
  it("stays within a short list, and copes with an empty one", () => {
    expect(windowOf(0, 720, 72, 3)).toEqual([0, 3]);
    expect(windowOf(500, 720, 72, 0)).toEqual([0, 0]);
  });
  it("draws the end when the list became shorter than where it was scrolled to", () => {
    expect(windowOf(90_000, 720, 72, 10)).toEqual([10, 10]);
  });
});

describe("step", () => {
  it("stays at the ends", () => {
    expect(step(0, -1, 5)).toBe(0);
    expect(step(4, 10, 5)).toBe(4);
  });
  it("begins at an end, and nowhere in an empty list", () => {
    expect(step(-1, 1, 5)).toBe(0);
    expect(step(-1, -1, 5)).toBe(4);
    expect(step(-1, 1, 0)).toBe(-1);
  });
});
