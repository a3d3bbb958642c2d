import { describe, expect, it } from "vitest";
import type { ScanStage, ScanStanding } from "../../api.gen";
import { cause, heading, left, rate, said } from "./words";

const stage = (id: string, state: string): ScanStage => ({ id, state, done: 0, total: 0, unit: "files", per_second: 0, left_seconds: null, detail: "" });
const scan = (state: string, stages: ScanStage[]): ScanStanding => ({
  state, stages, began: "", ended: "", folders: [], source: "phone\u202e", read: 40, found: 100, bytes: 0, problems: [], unreadable: 0, outcome: null, failure: null, interrupted: null,
});

describe("heading", () => {
  it("says what the scan is at", () => {
    expect(heading(scan("running", [stage("found", "running"), stage("hashed", "waiting")]))).toMatch(/^Looking through phone/);
    expect(heading(scan("running", [stage("found", "done"), stage("hashed", "running")]))).toMatch(/^Reading phone/);
    expect(heading(scan("running", [stage("found", "done"), stage("hashed", "done"), stage("grouped", "running")]))).toBe("Comparing and grouping");
    expect(heading(scan("paused", []))).toBe("The scan waits");
  });

  it("shows what a name hides", () => {
    expect(heading(scan("running", [stage("found", "running")]))).not.toContain("\u202e");
  });
});

it("is as exact about the time left as can be meant", () => {
  expect([2, 31, 61, 3599, 9000].map(left)).toEqual(["5 seconds", "35 seconds", "2 minutes", "60 minutes", "3 hours"]);
});

it("writes rates that can be read", () => {
  expect([0, 0.42, 9.96, 1234].map(rate)).toEqual(["", "0.4", "10", "1,234"]);
});

it("names causes it knows, and others by their code", () => {
  expect(cause("truncated")).toBe("The file ends too early");
  expect(cause("empty-file")).toBe("The file is empty");
  expect(cause("something-new")).toBe("Other: something-new");
});

it("tells how far it is only of a whole that is known", () => {
  expect(said(scan("running", [stage("found", "running")]))).toBe("40 files read");
  expect(said(scan("running", [stage("found", "done")]))).toBe("40 of 100 files read");
});
