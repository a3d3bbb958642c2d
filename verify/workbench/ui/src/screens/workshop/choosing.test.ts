import { expect, test } from "vitest";
import { choosing, toggled } from "./choosing";
import { blank } from "./useAnswers";

const options = ["a", "b"].map((option) => ({ option, label: { en: option }, item: null }));
const reasons = ["why", "because"].map((option) => ({ option, label: { en: option }, item: null }));
const none = blank("t", "s");

test("a number is an option, then a reason", () => {
  const task = { form: "choice", reasons };
  expect(choosing(task, { options }, { ...none, chosen: ["a"] }, 2)).toEqual({ chosen: ["b"] });
  expect(choosing(task, { options }, none, 3)).toEqual({ reasons: ["why"] });
  expect(choosing(task, { options }, none, 5)).toBeNull();
});

test("of several answers a number adds one and takes it away", () => {
  const task = { form: "choices", reasons: [] };
  expect(choosing(task, { options }, { ...none, chosen: ["b"] }, 1)).toEqual({ chosen: ["a", "b"] });
  expect(choosing(task, { options }, { ...none, chosen: ["a", "b"] }, 1)).toEqual({ chosen: ["b"] });
});

test("what is chosen stands in the order of the options", () => {
  expect(toggled(["because"], "why", reasons)).toEqual(["why", "because"]);
});
