// The task of an exercise that is worked at: what the bar shows and the way back
// follow it while its tools, which are screens of their own, are in use.
import { computed, signal } from "@preact/signals";
import { here } from "./case";
import type { Words } from "./parts/Worded";
import { exerciseAddress, route } from "./router";

// AtTask is a task with what the frame needs of it.
export interface AtTask {
  case: string;
  task: string;
  n: number; // from 1
  title: Words;
  tools: readonly string[];
  address: string;
}

const kept = "firsthand.task"; // of this tab: a reload keeps the way back

const last = signal<AtTask | null>(read());

// atTask is the task of the case of the address, null where none was opened.
export const atTask = computed(() => (last.value?.case === route.value.case ? last.value : null));

// work notes the task that is worked at.
export function work(at: AtTask): void {
  last.value = at;
  try {
    sessionStorage.setItem(kept, JSON.stringify(at));
  } catch {
    return; // without room to keep it, a reload leads back to the list of tasks
  }
}

function read(): AtTask | null {
  try {
    return JSON.parse(sessionStorage.getItem(kept) ?? "null") as AtTask | null;
  } catch {
    return null;
  }
}

// posed is true in a case that has tasks: the bar shows their tools alone, and
// the screen stays softened.
export const posed = computed(() => here.value?.posed != null && route.value.case !== "");

// allowed are the tools of the task that is worked at, else of all tasks.
export const allowed = computed<readonly string[]>(() => atTask.value?.tools ?? here.value?.posed?.tools ?? []);

// back is where the way back leads: to the task, else to the list of tasks.
export const back = computed(() => atTask.value?.address ?? exerciseAddress(route.value.case));
