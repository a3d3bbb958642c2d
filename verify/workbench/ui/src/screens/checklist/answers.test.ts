import { describe, expect, it } from "vitest";
import type { ChecklistSection, Question } from "../../api.gen";
import { answer, asked, holds, neighbour, nextOpen, open, taken } from "./answers";

const question = (step: string, reply = "", derived = ""): Question => ({ step, question: step + "?", help: "", derived, answer: reply, note: "", evidence: [], minutes: 0, by: "", at: "", known: [] });
const section = (...questions: Question[]): ChecklistSection => ({ id: "s", title: "S", result: "", questions });

describe("the order of questions", () => {
  const all = asked([section(question("A1", "pass"), question("A2")), section(question("B1"), question("G", "", "Not yet."))]);
  it("leaves out what the program answers", () => {
    expect(all.map((q) => q.step)).toEqual(["A1", "A2", "B1"]);
    expect(open(section(question("A1", "pass"), question("G", "", "Not yet."), question("B1")))).toBe(1);
  });
  it("moves and stops at the ends", () => {
    expect(neighbour(all, "A1", 1)).toBe("A2");
    expect(neighbour(all, "B1", 1)).toBe("B1");
    expect(neighbour(all, "A1", -1)).toBe("A1");
    expect(neighbour(all, "", 1)).toBe("A1");
  });
  it("finds the next open one, from the start again", () => {
    expect(nextOpen(all, "A2")).toBe("B1");
    expect(nextOpen(all, "B1")).toBe("A2");
    expect(nextOpen([question("A1", "pass")], "A1")).toBe("");
  });
});

describe("an answer", () => {
  it("keeps note and evidence only with a reply", () => {
    expect(answer(question("A1"), "fail", " why ", ["url=https://x.example"])).toMatchObject({ step: "A1", answer: "fail", note: "why", evidence: ["url=https://x.example"] });
    expect(answer(question("A1"), "", "why", ["url=https://x.example"])).toMatchObject({ answer: "", note: "", evidence: [] });
  });
});

describe("a known fact", () => {
  const fact = { text: "posted by noon", origin: ["telegram-json", "EXIF:DateTime"] };
  it("is taken into the note with its origin, once", () => {
    const once = taken("seen myself", fact);
    expect(once).toBe("seen myself\nposted by noon [telegram-json; EXIF:DateTime]");
    expect(taken(once, fact)).toBe(once);
    expect(holds(once, fact)).toBe(true);
    expect(taken("", { text: "x", origin: [] })).toBe("x");
  });
});
