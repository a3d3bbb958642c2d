import { expect, it } from "vitest";
import { settle, type Name } from "./labels";

const town = (text: string, x: number, y: number): Name => ({ text, x, y, kind: "town" });

it("keeps the first of names that would lie over each other", () => {
  expect(settle([town("Kyiv", 100, 100), town("Brovary", 110, 104), town("Lviv", 100, 200)], 400, 300, 9).map((n) => n.text)).toEqual(["Kyiv", "Lviv"]);
});

it("keeps no name that would be cut by the edge, and no more than asked", () => {
  expect(settle([town("Thessaloniki", 370, 100)], 400, 300, 9)).toEqual([]);
  expect(settle([town("A", 50, 50), town("B", 50, 100), town("C", 50, 150)], 400, 300, 2)).toHaveLength(2);
});

it("keeps no name that would lie under a mark", () => {
  expect(settle([town("Kyiv", 100, 100), town("Lviv", 100, 200)], 400, 300, 9, [[110, 90, 130, 110]]).map((n) => n.text)).toEqual(["Lviv"]);
});
