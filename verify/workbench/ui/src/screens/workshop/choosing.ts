// What the number keys do: they run through the options of a question and then
// through its reasons.
import type { Answer, ExerciseSubject, ExerciseTask } from "../../api.gen";

// choosing is what a number changes in an answer, null where it means nothing.
export function choosing(task: Pick<ExerciseTask, "form" | "reasons">, subject: Pick<ExerciseSubject, "options">, answer: Answer, number: number): Partial<Answer> | null {
  const option = subject.options[number - 1];
  if (option) return { chosen: task.form === "choice" ? [option.option] : toggled(answer.chosen, option.option, subject.options) };
  const reason = task.reasons[number - 1 - subject.options.length];
  return reason ? { reasons: toggled(answer.reasons, reason.option, task.reasons) } : null;
}

// toggled adds or takes away one of several, in the order of all of them.
export function toggled(chosen: readonly string[], one: string, all: readonly { option: string }[]): string[] {
  const has = chosen.includes(one);
  return all.map((o) => o.option).filter((id) => (id === one ? !has : chosen.includes(id)));
}
