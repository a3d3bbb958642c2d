import { expect, test } from "vitest";
import { stepAt, stepsOf, written } from "./steps";

const steps = stepsOf([
  { task: "pair-1", title: {}, subjects: ["one", "two"] },
  { task: "time-1", title: {}, subjects: ["one"] },
]);

test("each part is shown before its key, and each task ends with what it teaches", () => {
  expect(steps.map((s) => `${s.task} ${s.part}${s.key ? " key" : ""}`)).toEqual(["pair-1 one", "pair-1 one key", "pair-1 two", "pair-1 two key", "pair-1  key", "time-1 one", "time-1 one key", "time-1  key"]);
});

test("a step is found again in its address, the first where there is none", () => {
  steps.forEach((step, i) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(written(step))) if (value) query.set(name, value);
    expect(stepAt(steps, query)).toBe(i);
  });
  expect(stepAt(steps, new URLSearchParams("task=other&key=1"))).toBe(0);
});
