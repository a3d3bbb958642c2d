import { describe, expect, it } from "vitest";
import type { Plan, Task } from "../../api.gen";
import { addTask, changeKey, changeTask, changeWhy, dropFile, dropTask, freshID, keyOf, lacksOf, moveTask, shortName, subjectKey, withWord } from "./plan";

const option = (id: string, item = "") => ({ option: id, label: { en: id }, item });
const task = (id: string, some: Partial<Task> = {}): Task => ({
  task: id, topic: "pair", title: { en: id }, question: { en: "Which?" }, hints: [], tools: ["compare"], form: "choice",
  options: [option("same"), option("other")], reasons: [], subjects: [{ subject: "one", label: { en: "One" }, items: ["s/a.jpg", "s/b.jpg"], options: [] }], points: 10, ...some,
});
const file = (path: string) => ({ path, sha256: "a".repeat(64), size: 1, modified: "0001-01-01T00:00:00Z", origin: "drawn", licence: "CC0-1.0", credit: "" });
const plan = (): Plan => ({
  exercise: { format: 1, exercise: "harbour", title: { en: "Harbour" }, story: { en: "A story." }, level: 1, minutes: [20, 45], by: "Ada", zone: "", tasks: [], media: [file("s/a.jpg"), file("s/b.jpg")] },
  key: { format: 1, pack: "", tasks: [] }, places: [], clearances: [],
});
const keyed = () => changeWhy(changeKey(addTask(plan(), task("pair-1")), "pair-1", "one", { credit: { same: 1, other: 0.5 }, partly: { other: { en: "No." } } }), "pair-1", { en: "Look." });

describe("a plan", () => {
  it("that is whole lacks nothing, and each thing that is taken away is named", () => {
    expect(lacksOf(keyed())).toEqual([]);
    const lacks = (p: Plan) => lacksOf(p).map((l) => l.what);
    expect(lacks(plan())).toEqual(["tasks"]);
    expect(lacks({ ...keyed(), exercise: { ...keyed().exercise, title: {}, exercise: "Harbour!", minutes: [45, 20] } })).toEqual(["title", "id", "minutes"]);
    expect(lacks(addTask(plan(), task("pair-1")))).toEqual(["task.key", "task.why"]);
    expect(lacks(changeTask(keyed(), "pair-1", { reasons: [option("fixed")] }))).toEqual(["task.reasons"]);
    expect(lacks(changeTask(keyed(), "pair-1", { options: [option("same")] }))).toEqual(["task.options"]);
    expect(lacks(changeTask(keyed(), "pair-1", { hints: [{}] }))).toEqual(["task.hints"]);
    expect(lacks({ ...keyed(), exercise: { ...keyed().exercise, media: [{ ...file("s/a.jpg"), licence: " " }, file("s/b.jpg")] } })).toEqual(["origin"]);
  });

  it("keeps its key in the form that the task asks for", () => {
    const other = changeTask(keyed(), "pair-1", { form: "choices" });
    expect(subjectKey(keyOf(other, "pair-1"), "one").credit).toEqual({});
    const fewer = changeTask(keyed(), "pair-1", { options: [option("other"), option("third")] });
    expect(subjectKey(keyOf(fewer, "pair-1"), "one")).toMatchObject({ credit: { other: 0.5 }, partly: { other: { en: "No." } } });
    const none = changeTask(keyed(), "pair-1", { options: [option("third"), option("fourth")] });
    expect(subjectKey(keyOf(none, "pair-1"), "one")).toMatchObject({ credit: {}, partly: {} });
  });

  it("has a key for each part, in their order, and for no other", () => {
    const parts = ["two", "one"].map((subject) => ({ subject, label: { en: subject }, items: [], options: [] }));
    const more = changeTask(keyed(), "pair-1", { subjects: parts });
    expect(keyOf(more, "pair-1").subjects.map((k) => [k.subject, Object.keys(k.credit).length])).toEqual([["two", 0], ["one", 2]]);
    expect(dropTask(more, "pair-1").key.tasks).toEqual([]);
    const two = moveTask(addTask(keyed(), task("pair-2")), "pair-2", -1);
    expect(two.key.tasks.map((k) => k.task)).toEqual(["pair-2", "pair-1"]);
    expect(moveTask(two, "pair-2", -1)).toBe(two);
  });

  it("names no file that was taken out", () => {
    const with_ = { ...changeTask(keyed(), "pair-1", { options: [option("same", "s/a.jpg"), option("other", "s/b.jpg")] }), clearances: [{ path: "s/a.jpg", code: "unseen", what: "", by: "Ada", reason: "seen" }] };
    const without = dropFile(with_, "s/a.jpg");
    expect(JSON.stringify(without)).not.toContain("s/a.jpg");
    expect(without.exercise.tasks[0]?.options.map((o) => o.item)).toEqual(["", "s/b.jpg"]);
  });
});

describe("words", () => {
  it("are of one language; an empty one is not kept", () => {
    expect(withWord({ en: "a", uk: "б" }, "uk", " ")).toEqual({ en: "a" });
    expect(withWord({}, "ar", "نص")).toEqual({ ar: "نص" });
  });
  it("make a short name where they have Latin letters", () => {
    expect(shortName("  Côte d’Azur: the 2nd fire! ")).toBe("cote-d-azur-the-2nd-fire");
    expect(shortName("Пожежа")).toBe("");
    expect(freshID("part", ["part-1", "part-3"])).toBe("part-2");
  });
});
