import { render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Plan, PlanPage } from "../../api.gen";
import { usePlan, type Working } from "./usePlan";

const plan = (by: string): Plan => ({
  exercise: { format: 1, exercise: "quay", title: {}, story: {}, level: 1, minutes: [20, 45], by, zone: "", tasks: [], media: [] },
  key: { format: 1, pack: "", tasks: [] }, places: [], clearances: [],
});
const page: PlanPage = { id: "p", path: "/plans/quay.plan.json", revision: "r0", case: { id: "c", name: "", dir: "", exercise: false, gone: false, posed: null }, plan: plan(""), files: [] };

interface Kept {
  revision: string;
  plan: Plan;
}

let kept: Kept[];
let fails: boolean;
let now: Working;
let root: HTMLElement;

function Probe() {
  now = usePlan(page);
  return null;
}

const name = (by: string) => now.change((p) => ({ ...p, exercise: { ...p.exercise, by } }));

beforeEach(() => {
  kept = [];
  fails = false;
  vi.useFakeTimers();
  vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
    if (fails) return new Response('{"error":"the disk is full"}', { status: 500 });
    kept.push(JSON.parse(String(init.body)) as Kept);
    return new Response(JSON.stringify({ revision: `r${kept.length}` }));
  });
  root = document.createElement("div");
  render(<Probe />, root);
});

afterEach(() => {
  render(null, root);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("what is written is kept once it rests, each time from the revision before", async () => {
  for (const by of ["A", "Ad", "Ada"]) name(by);
  expect(kept).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(600);
  name("Ben");
  await vi.advanceTimersByTimeAsync(600);
  expect(kept.map((k) => [k.revision, k.plan.exercise.by])).toEqual([["r0", "Ada"], ["r1", "Ben"]]);
  expect(now.keeping).toBe("kept");
});

test("what is written while it is kept is kept after it", async () => {
  name("Ada");
  const first = now.keep();
  name("Ben");
  expect(await first).toBe(true);
  await vi.advanceTimersByTimeAsync(600);
  expect(kept.map((k) => k.plan.exercise.by).at(-1)).toBe("Ben");
  expect(kept.map((k) => k.revision)).toEqual(["r0", "r1"]);
});

test("a failure is said, and nothing that was written is lost by it", async () => {
  fails = true;
  name("Ada");
  expect(await now.keep()).toBe(false);
  await vi.advanceTimersByTimeAsync(0);
  expect([now.keeping, now.error?.what, now.plan.exercise.by]).toEqual(["failed", "the disk is full", "Ada"]);
  fails = false;
  expect(await now.keep()).toBe(true);
  expect(kept.map((k) => k.plan.exercise.by)).toEqual(["Ada"]);
});

test("leaving the screen keeps what waits", async () => {
  vi.useRealTimers();
  const own = document.createElement("div");
  render(<Probe />, own);
  await new Promise((done) => setTimeout(done, 100)); // its effects have run
  name("Ada");
  render(null, own);
  await vi.waitFor(() => expect(kept).toHaveLength(1));
});
