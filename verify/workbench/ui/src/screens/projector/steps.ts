// What a room is shown, one after the other: each part of each task first without
// its key and then with it, and at the end of a task how far the room agreed.
import type { ProjectorTask } from "../../api.gen";

export interface Step {
  task: string;
  part: string; // "" at the end of a task
  key: boolean;
}

// stepsOf are all steps in their order.
export function stepsOf(tasks: readonly ProjectorTask[]): Step[] {
  return tasks.flatMap(({ task, subjects }) => [...subjects.flatMap((part) => [false, true].map((key) => ({ task, part, key }))), { task, part: "", key: true }]);
}

// stepAt is the place of what an address names; the first where it names nothing.
export function stepAt(steps: readonly Step[], query: URLSearchParams): number {
  const at = steps.findIndex((s) => s.task === query.get("task") && s.part === (query.get("part") ?? "") && s.key === (query.get("key") === "1"));
  return Math.max(at, 0);
}

// written is a step as the address keeps it.
export function written(step: Step): Record<string, string | null> {
  return { task: step.task, part: step.part, key: step.key ? "1" : null };
}
