import { describe, expect, it } from "vitest";
import { lines, local, nextWarning, position, tagsIn } from "./stated";

describe("what a person states", () => {
  it("reads positions and refuses what is none", () => {
    expect(position("33.3128, 44.3615")).toEqual({ latitude: 33.3128, longitude: 44.3615 });
    expect(position("-33.9 18.4")).toEqual({ latitude: -33.9, longitude: 18.4 });
    for (const text of ["", "33", "91, 0", "0, 181", "north, east", "1, 2, 3", "1e1, 2"]) expect(position(text)).toBeNull();
  });
  it("takes a day, a minute or a second, and adds nothing", () => {
    expect(local("2026-05-16")).toBe("2026-05-16");
    expect(local("2026-05-16 14:02")).toBe("2026-05-16T14:02");
    expect(local(" 2026-05-16 14:02:11.5 ")).toBe("2026-05-16T14:02:11.5");
    for (const text of ["16.5.2026", "2026-02-30", "2026-05-16 24:00", "2026-05-16 14"]) expect(local(text)).toBeNull();
  });
  it("separates evidence by lines and tags by commas", () => {
    expect(lines(" a \n\n b")).toEqual(["a", "b"]);
    expect(tagsIn("smoke,  two  cars, smoke,")).toEqual(["smoke", "two cars"]);
  });
  it("goes through the warnings in a circle", () => {
    expect(nextWarning("")).toBe("moderate");
    expect(nextWarning(nextWarning(nextWarning("none")))).toBe("none");
  });
});
