import { expect, test } from "vitest";
import type { CollectedLearner } from "../../api.gen";
import { sorted, sortingOf, turned } from "./order";

const learner = (number: number, name: string, points: number, minutes = 10, first = 0): CollectedLearner => ({ number, name, file: "", minutes, hints: 0, points, tasks: [{ points: first, answered: 1, subjects: 1, hints: 0 }] });
const room = [learner(1, "Zoe", 5, 30, 2), learner(2, "Ada", 9, 20, 1), learner(3, "Élan", 5, 10, 3)];
const names = (by: string | null, hidden = false) => sorted(room, sortingOf(by), hidden).map((l) => l.name);

test("learners are sorted by what is asked for; equal ones by their numbers", () => {
  expect(names(null)).toEqual(["Ada", "Élan", "Zoe"]);
  expect(names("-points")).toEqual(["Ada", "Zoe", "Élan"]);
  expect(names("minutes")).toEqual(["Élan", "Ada", "Zoe"]);
  expect(names("-0")).toEqual(["Élan", "Zoe", "Ada"]);
});

test("without names their order tells none", () => {
  expect(names(null, true)).toEqual(["Zoe", "Ada", "Élan"]);
});

test("a column is turned by a second press; numbers begin with the highest", () => {
  expect(turned(sortingOf(null), "points")).toBe("-points");
  expect(turned(sortingOf("-points"), "points")).toBe("points");
  expect(turned(sortingOf("-points"), "name")).toBe("name");
});
