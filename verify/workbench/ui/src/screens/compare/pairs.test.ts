import { expect, it } from "vitest";
import { indexOf, keepingA, neighbour } from "./pairs";

const list = [
  { a: "1", b: "2" },
  { a: "1", b: "3" },
  { a: "4", b: "1" },
];

it("finds a pair either way round", () => {
  expect([indexOf(list, "2", "1"), indexOf(list, "1", "3"), indexOf(list, "2", "3")]).toEqual([0, 1, -1]);
});

it("steps within the list and begins it from outside", () => {
  expect(neighbour(list, "1", "2", 1)).toEqual(list[1]);
  expect(neighbour(list, "1", "2", -1)).toBeNull();
  expect(neighbour(list, "8", "9", 1)).toEqual(list[0]);
  expect(neighbour([], "1", "2", 1)).toBeNull();
});

it("keeps the item that is looked at on its side", () => {
  expect(keepingA(list[2]!, "1")).toEqual({ a: "1", b: "4" });
  expect(keepingA(list[2]!, "7")).toEqual({ a: "4", b: "1" });
});
