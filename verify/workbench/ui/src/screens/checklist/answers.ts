// The order of the questions, and what an answer is as the program takes it.
import type { AnswerIn, Checklist, ChecklistSection, Question } from "../../api.gen";

// replies are the four answers that have a key, in the order of the keys. The
// last is no answer.
export const replies = ["pass", "fail", "cannot_determine", ""] as const;

// alone says whether a person's own sheet is shown by itself. One that can no
// longer be changed stands beside the others instead.
export function alone(sheet: Pick<Checklist, "round" | "can_write" | "sides">): boolean {
  return sheet.round !== 0 && (sheet.can_write || sheet.sides.length < 2);
}

// asked are the questions that a person answers, in order.
export function asked(sections: readonly ChecklistSection[]): Question[] {
  return sections.flatMap((s) => s.questions).filter((q) => q.derived === "");
}

// open counts the questions of a section that nobody has answered.
export function open(section: ChecklistSection): number {
  return section.questions.filter((q) => q.derived === "" && q.answer === "").length;
}

// neighbour is the question that many steps on, the last or first where there
// are no more.
export function neighbour(all: readonly Question[], step: string, by: number): string {
  const at = all.findIndex((q) => q.step === step);
  const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by));
  return all[to]?.step ?? "";
}

// nextOpen is the next question without an answer after a step, from the start
// again where there is none, "" when all are answered.
export function nextOpen(all: readonly Question[], step: string): string {
  const at = all.findIndex((q) => q.step === step);
  const rest = [...all.slice(at + 1), ...all.slice(0, Math.max(0, at))];
  return rest.find((q) => q.answer === "")?.step ?? "";
}

// answer is what is recorded for a question. Without a reply nothing may stand
// beside it.
export function answer(question: Question, reply: string, note: string, evidence: readonly string[]): AnswerIn {
  const none = reply === "";
  return { step: question.step, answer: reply, note: none ? "" : note.trim(), evidence: none ? [] : [...evidence], minutes: question.minutes };
}

// taken is a note with a known fact in it, and where that is from.
export function taken(note: string, fact: { text: string; origin: readonly string[] }): string {
  const words = fact.origin.length > 0 ? `${fact.text} [${fact.origin.join("; ")}]` : fact.text;
  if (holds(note, fact)) return note;
  return note.trim() === "" ? words : `${note.trimEnd()}\n${words}`;
}

// holds says whether a note has a known fact in it already.
export function holds(note: string, fact: { text: string }): boolean {
  return note.includes(fact.text);
}
