import { describe, expect, test } from "vitest";
import type { Card, When } from "../../api.gen";
import { Ids } from "./ids";
import { nextWarning, pairOf, tagsOf } from "../../marks";
import { difference } from "./store";
import { duration, more, shortTime } from "./words";

const card: Card = {
  id: "a".repeat(64), path: "phone/IMG_1.jpg", name: "IMG_1.jpg", kind: "image", width: 4, height: 3, seconds: 0, sources: ["phone"], copies: 1, cluster: "", incident: "",
  time: null, place: null, readable: true, problem: "", warning: "", warning_by: "", pinned: false, set_aside: false, tags: [], described: "", caption: "", notes: 0, masked: false, reviewed: false,
};
const when = (text: string, not_after = false) => ({ text, not_after, trust: "device" }) as When;

describe("words of a cell", () => {
  test.each([
    ["16 May 2026 14:02:11 +03:00", "16 May 2026 14:02 +03:00"],
    ["16 May 2026 14:02:11.083 Z", "16 May 2026 14:02 Z"],
    ["16 May 2026 14:02:11, zone unknown", "16 May 2026 14:02 · no zone"],
    ["16 May 2026, zone unknown", "16 May 2026 · no zone"],
    ["16 May 2026 Z", "16 May 2026 Z"],
  ])("%s is %s", (text, short) => expect(shortTime({ ...card, time: when(text) })).toBe(short));
  test("a bound never looks like the time of the capture", () => {
    expect(shortTime({ ...card, time: when("16 May 2026 14:02:11 Z", true) })).toBe("by 16 May 2026 14:02 Z");
    expect(shortTime(card)).toBe("no time");
  });
  test.each([
    [0.4, "0:00"],
    [14, "0:14"],
    [59.6, "1:00"],
    [3725, "1:02:05"],
  ])("%d s lasts %s", (seconds, text) => expect(duration(seconds)).toBe(text));
  test("signs are told in words", () => {
    const said = more({ ...card, kind: "video", seconds: 14, time: when("x"), warning: "severe", copies: 3, pinned: true, notes: 1, readable: false });
    expect(said).toBe("video 0:14, device clock or GPS, warning: severe, 3 copies, 1 note, pinned, picture not readable");
  });
});

describe("acts", () => {
  test("the warning goes round", () => expect(["", "none", "moderate", "severe"].map(nextWarning)).toEqual(["none", "moderate", "severe", "none"]));
  test("two items are compared, or one and its copy", () => {
    expect(pairOf(["a", "b"], card, [])).toEqual(["a", "b"]);
    expect(pairOf([], card, ["c", "d"])).toEqual([card.id, "c"]);
    expect(pairOf([], card, [])).toBeNull();
    expect(pairOf(["a", "b", "c"], card, ["d"])).toBeNull();
  });
  test("tags are cut at commas of any script, and none is given twice", () => expect(tagsOf(" smoke,  two   cars ، smoke;, ")).toEqual(["smoke", "two cars"]));
});

test("how much two lists differ", () => {
  const of = (...n: number[]) => new Ids(n.map((i) => String(i).padEnd(64, "0")).join(""));
  expect(difference(of(1, 2, 3), of(1, 2, 3))).toBe(0);
  expect(difference(of(1, 2, 3), of(1, 3))).toBe(1);
  expect(difference(of(1, 2), of(1, 3, 4))).toBe(3);
  expect(difference(of(1, 2), of(2, 1))).toBe(-1);
});
