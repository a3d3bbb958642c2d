import { describe, expect, test } from "vitest";
import { Ids } from "./ids";
import { everything, extend, idsOf, nothing, read, toggle, written } from "./picked";

const id = (n: number) => n.toString(16).padStart(64, "a");
const all = Array.from({ length: 100 }, (_, i) => id(i));
const ids = new Ids(all.join(""));
const at = (...positions: number[]) => positions.map((n) => id(n));

describe("ids", () => {
  test("are found by position and the other way", () => {
    expect(ids.length).toBe(100);
    for (const [i, one] of all.entries()) {
      expect(ids.at(i)).toBe(one);
      expect(ids.indexOf(one)).toBe(i);
    }
    expect([ids.at(-1), ids.at(100), ids.indexOf("x")]).toEqual(["", "", -1]);
    expect(ids.slice(-2, 3)).toEqual(at(0, 1, 2));
    expect(new Ids("").all()).toEqual([]);
  });
});

describe("selection", () => {
  test("Space takes items in and out", () => {
    let p = toggle(nothing, ids, id(3));
    p = toggle(p, ids, id(7));
    expect([...idsOf(p, ids)]).toEqual(at(3, 7));
    expect([...idsOf(toggle(p, ids, id(3)), ids)]).toEqual(at(7));
  });
  test("Shift extends from where it began, on and back", () => {
    let p = toggle(nothing, ids, id(10));
    p = extend(p, id(10), id(12));
    p = extend(p, id(12), id(13));
    expect([...idsOf(p, ids)]).toEqual(at(10, 11, 12, 13));
    p = extend(p, id(13), id(9));
    expect([...idsOf(p, ids)].sort()).toEqual(at(10, 9).sort());
  });
  test("a stretch stays when another item is taken in", () => {
    let p = extend(nothing, id(0), id(2));
    p = toggle(p, ids, id(50));
    expect([...idsOf(p, ids)].length).toBe(4);
    p = extend(p, id(50), id(51));
    expect([...idsOf(p, ids)].length).toBe(5);
  });
  test("comes back from the address", () => {
    const p = toggle(extend(nothing, id(4), id(6)), ids, id(90));
    const text = written(idsOf(p, ids), ids);
    // ids that begin alike are all found: the digits here differ at the end only
    expect(text.split("~").length).toBe(4);
    const apart = new Ids(Array.from({ length: 20 }, (_, i) => i.toString(16).padEnd(64, "0")).join(""));
    const some = new Set([apart.at(3), apart.at(19)]);
    expect(idsOf(read(written(some, apart), apart), apart)).toEqual(some);
    expect(idsOf(read("all", ids), ids).size).toBe(100);
    expect(written(everything(ids).kept, ids)).toBe("all");
    expect(written(new Set(all.slice(0, 70)), ids)).toBe("");
  });
});
