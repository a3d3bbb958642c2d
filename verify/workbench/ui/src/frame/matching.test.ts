import { expect, test } from "vitest";
import { matching } from "./matching";

const all = ["Undo", "Redo", "Go to: Settings", "Set aside", "Reset all"].map((words) => ({ words }));
const found = (typed: string) => matching(all, typed).map((c) => c.words);

test("commands are found by any part of their words, those that begin with it first", () => {
  expect(found("")).toEqual(all.map((c) => c.words));
  expect(found("set")).toEqual(["Set aside", "Go to: Settings", "Reset all"]);
  expect(found("ALL set")).toEqual(["Reset all"]);
  expect(found("nothing")).toEqual([]);
});
