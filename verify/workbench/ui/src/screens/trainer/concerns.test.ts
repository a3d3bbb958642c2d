import { expect, test } from "vitest";
import type { Concern, Plan } from "../../api.gen";
import { clearanceOf, cleared, grouped, openOf, takenBack } from "./concerns";

const concern = (code: string, path: string, final = false): Concern => ({ code, path, what: "w1", text: "", final });
const all = [concern("unseen", "s/a"), concern("unseen", "s/b"), concern("caption", "s/a"), concern("graphic", "s/c", true)];
const plan = { clearances: [{ path: "s/b", code: "unseen", what: "", by: "", reason: "" }] } as unknown as Plan;

test("what nobody can clear comes first and stays open", () => {
  expect(grouped(all).map((g) => [g.code, g.concerns.length, g.together])).toEqual([
    ["graphic", 1, false],
    ["unseen", 2, false],
    ["caption", 1, true],
  ]);
  expect(openOf(all, cleared(plan, all, "Ada", "invented").clearances)).toEqual([all[3]]);
});

test("what nobody can clear stays open, be it that a plan says that somebody did", () => {
  const graphic = all[3]!;
  expect(openOf(all, [{ path: graphic.path, code: graphic.code, what: graphic.what, by: "Ada", reason: "it is not that bad" }])).toContain(graphic);
});

test("a clearance needs a name and a reason, and is of one file and one kind", () => {
  expect(openOf(all, plan.clearances)).toHaveLength(4);
  const one = cleared(plan, [all[0]!], "Ada", "nobody in it");
  expect(clearanceOf(one.clearances, all[0]!)).toMatchObject({ by: "Ada" });
  expect(openOf(all, one.clearances).map((c) => c.code + c.path)).toEqual(["unseens/b", "captions/a", "graphics/c"]);
  expect(openOf([{ ...all[0]!, what: "w2" }], one.clearances)).toHaveLength(1); // something else is found in the file by now
  expect(openOf(all, takenBack(one, all[0]!).clearances)).toHaveLength(4);
  expect(cleared(one, [all[0]!], "Ben", "looked again").clearances.filter((c) => c.path === "s/a")).toHaveLength(1);
});
