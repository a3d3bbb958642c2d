import { describe, expect, it } from "vitest";
import type { ClusterNode } from "../../api.gen";
import { branches, nextOpen } from "./branches";

const node = (id: string, from: string) => ({ card: { id }, from }) as ClusterNode;

describe("branches", () => {
  it("puts every copy under its origin and draws the lines that go on", () => {
    const rows = branches([node("a", ""), node("b", "a"), node("c", "b"), node("d", "a"), node("e", "")]);
    expect(rows.map((r) => [r.node.card.id, r.level, r.place, r.size, r.last, [...r.lines]])).toEqual([
      ["a", 1, 1, 2, false, []],
      ["b", 2, 1, 2, false, []],
      ["c", 3, 1, 1, true, [true]],
      ["d", 2, 2, 2, true, []],
      ["e", 1, 2, 2, true, []],
    ]);
  });
  it("has no rows for no copies", () => {
    expect(branches([])).toEqual([]);
  });
});

describe("nextOpen", () => {
  const rows = [
    { id: "a", state: "open" },
    { id: "b", state: "settled" },
    { id: "c", state: "open" },
  ];
  it("goes on after the one that was settled, and round", () => {
    expect(nextOpen(rows, "a")?.id).toBe("c");
    expect(nextOpen(rows, "b")?.id).toBe("c");
    expect(nextOpen(rows, "c")?.id).toBe("a");
  });
  it("says when nothing waits any more", () => {
    expect(nextOpen([{ id: "a", state: "open" }], "a")).toBeNull();
  });
});
