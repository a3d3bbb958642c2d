import { expect, test } from "vitest";
import { rangeOf, withRange } from "./range";

test("a range becomes terms, in place of those before", () => {
  const range = { from: "2026-05-16T10:00:00.400Z", to: "2026-05-17T00:00:00Z" };
  expect(withRange("smoke", range)).toBe("smoke after:2026-05-16T10:00:00Z before:2026-05-17T00:00:00Z");
  expect(withRange("after:2026 smoke before:2027", range)).toBe("smoke after:2026-05-16T10:00:00Z before:2026-05-17T00:00:00Z");
  expect(withRange("smoke after:2026-05-16T10:00:00Z before:2026-05-17", null)).toBe("smoke");
  expect(rangeOf(withRange("", range))).toEqual({ from: "2026-05-16T10:00:00.000Z", to: "2026-05-17T00:00:00.000Z" });
});

test("no zone is made up: a time without one is read in UTC", () => {
  expect(rangeOf("after:2026-05-16T10:00 before:2026-05-16T12:00+03:00")).toEqual({ from: "2026-05-16T10:00:00.000Z", to: "2026-05-16T09:00:00.000Z" });
});

test("what is no range is left alone", () => {
  expect(rangeOf("after:2026-05-16")).toBeNull();
  expect(rangeOf("after:yesterday before:today")).toBeNull();
  expect(withRange('note:"it rained after:2026 began" a', null)).toBe('note:"it rained after:2026 began" a');
});
