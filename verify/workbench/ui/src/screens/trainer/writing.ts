// What the steps of making an exercise are given.
import type { Task } from "../../api.gen";
import type { Working } from "./usePlan";

// Writing is the plan at work and the language that is written in.
export interface Writing {
  working: Working;
  language: string;
}

// EditorProps is the same for one task.
export type EditorProps = Writing & { task: Task };
