// A plan of an exercise as it is being written: changes that keep its tasks and
// its key together, and what it still lacks. Nothing here asks the program.
import type { Exercise, Medium, Option, Plan, Subject, SubjectKey, Task, TaskKey } from "../../api.gen";
import type { Words } from "../../parts/Worded";

export const forms = ["choice", "choices", "interval", "place"] as const;
export type Form = (typeof forms)[number];

export const topics = ["time", "first", "pair", "incident", "sun", "publish"] as const;
export type Topic = (typeof topics)[number];

export const tools = ["gallery", "media", "compare", "clusters", "incidents", "map", "sun"] as const;

// byOptions says whether answers of a form are chosen among options.
export function byOptions(form: string): boolean {
  return form === "choice" || form === "choices";
}

// wordIn is a text in a language, "" where it is not written yet.
export function wordIn(words: Words, language: string): string {
  return words[language] ?? "";
}

// withWord is a text with that of one language; an empty one is taken out.
export function withWord(words: Words, language: string, text: string): Record<string, string> {
  const { [language]: _, ...others } = words;
  return text.trim() === "" ? others : { ...others, [language]: text };
}

// blank says that a text is written in no language.
export function blank(words: Words): boolean {
  return Object.values(words).every((text) => text.trim() === "");
}

// shortName makes an id of a title: small Latin letters, figures and hyphens; ""
// where the title has none.
export function shortName(title: string): string {
  return title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
    .replace(/-+$/, "");
}

export const shortNamePattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

// freshID is the first name-1, name-2, … that none has.
export function freshID(name: string, taken: readonly string[]): string {
  for (let n = 1; ; n++) if (!taken.includes(`${name}-${n}`)) return `${name}-${n}`;
}

// Preset is what a topic begins with.
export interface Preset {
  form: Form;
  tools: readonly string[];
  options: readonly string[]; // parts of the keys of their words
  reasons: readonly string[];
}

export const presets: Record<Topic, Preset> = {
  time: { form: "choice", tools: ["gallery", "media"], options: ["device", "posted", "name", "file", "none"], reasons: ["zone", "agrees", "stripped", "wrong", "later"] },
  first: { form: "choice", tools: ["media", "clusters", "compare"], options: [], reasons: ["earlier", "larger", "uncropped", "caption", "claimed"] },
  pair: { form: "choice", tools: ["compare"], options: ["same", "scene", "different", "unsure"], reasons: ["fixed", "shadows", "part", "colour", "text"] },
  incident: { form: "choice", tools: ["gallery", "media", "incidents", "map"], options: ["first", "second", "neither"], reasons: ["place", "time", "object", "weather", "single"] },
  sun: { form: "interval", tools: ["media", "map", "sun"], options: [], reasons: [] },
  publish: { form: "choices", tools: ["media"], options: ["whole", "faces", "position", "names", "nothing"], reasons: ["identify", "danger", "consent", "interest"] },
};

// changeTask changes a task; its key follows a change of the form, of options and
// of parts.
export function changeTask(plan: Plan, id: string, some: Partial<Task>): Plan {
  const exercise = { ...plan.exercise, tasks: plan.exercise.tasks.map((task) => (task.task === id ? { ...task, ...some } : task)) };
  return fitted({ ...plan, exercise });
}

// addTask adds a task that was made from a preset.
export function addTask(plan: Plan, task: Task): Plan {
  return fitted({ ...plan, exercise: { ...plan.exercise, tasks: [...plan.exercise.tasks, task] } });
}

export function dropTask(plan: Plan, id: string): Plan {
  return fitted({ ...plan, exercise: { ...plan.exercise, tasks: plan.exercise.tasks.filter((task) => task.task !== id) } });
}

// moveTask moves a task by one place, up (-1) or down (1).
export function moveTask(plan: Plan, id: string, by: number): Plan {
  const tasks = [...plan.exercise.tasks];
  const at = tasks.findIndex((task) => task.task === id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= tasks.length) return plan;
  [tasks[at], tasks[to]] = [tasks[to]!, tasks[at]!];
  return fitted({ ...plan, exercise: { ...plan.exercise, tasks } });
}

// changeFile changes what is said of files.
export function changeFile(plan: Plan, paths: readonly string[], some: Partial<Pick<Medium, "origin" | "licence" | "credit">>): Plan {
  return { ...plan, exercise: { ...plan.exercise, media: plan.exercise.media.map((m) => (paths.includes(m.path) ? { ...m, ...some } : m)) } };
}

// dropFile takes a file out, and out of all that named it.
export function dropFile(plan: Plan, path: string): Plan {
  const options = (list: readonly Option[]) => list.map((o) => (o.item === path ? { ...o, item: "" } : o));
  const tasks = plan.exercise.tasks.map((task) => ({
    ...task,
    options: options(task.options),
    reasons: options(task.reasons),
    subjects: task.subjects.map((s) => ({ ...s, items: s.items.filter((item) => item !== path), options: options(s.options) })),
  }));
  const media = plan.exercise.media.filter((m) => m.path !== path);
  return { ...plan, exercise: { ...plan.exercise, tasks, media }, clearances: plan.clearances.filter((c) => c.path !== path) };
}

// choicesOf are the options of a part of a task.
export function choicesOf(task: Task, subject: Subject): Option[] {
  return subject.options.length > 0 ? subject.options : task.options;
}

// keyOf is the key of a task, and subjectKey that of one of its parts.
export function keyOf(plan: Plan, task: string): TaskKey {
  return plan.key.tasks.find((k) => k.task === task) ?? { task, why: {}, subjects: [] };
}

export function subjectKey(key: TaskKey, subject: string): SubjectKey {
  return key.subjects.find((k) => k.subject === subject) ?? emptyKey(subject);
}

export function emptyKey(subject: string): SubjectKey {
  return { subject, credit: {}, right: [], when: null, where: null, reasons: [], why: {}, partly: {} };
}

// changeKey changes what is right of a part; changeWhy what a task teaches.
export function changeKey(plan: Plan, task: string, subject: string, some: Partial<SubjectKey>): Plan {
  const key = keyOf(plan, task);
  const subjects = key.subjects.map((k) => (k.subject === subject ? { ...k, ...some } : k));
  return withKey(plan, { ...key, subjects });
}

export function changeWhy(plan: Plan, task: string, why: Record<string, string>): Plan {
  return withKey(plan, { ...keyOf(plan, task), why });
}

function withKey(plan: Plan, key: TaskKey): Plan {
  return { ...plan, key: { ...plan.key, tasks: plan.key.tasks.map((k) => (k.task === key.task ? key : k)) } };
}

// fitted makes the key speak of the tasks and parts that there are, in their
// order, and only in the form that each asks for.
export function fitted(plan: Plan): Plan {
  const tasks = plan.exercise.tasks.map((task) => {
    const key = keyOf(plan, task.task);
    return { ...key, subjects: task.subjects.map((s) => fittedKey(task, s, subjectKey(key, s.subject))) };
  });
  return { ...plan, key: { ...plan.key, tasks } };
}

function fittedKey(task: Task, subject: Subject, key: SubjectKey): SubjectKey {
  const options = choicesOf(task, subject).map((o) => o.option);
  const reasons = task.reasons.map((o) => o.option);
  const named = (id: string) => options.includes(id) || reasons.includes(id);
  const of = <T>(form: Form, value: T, none: T) => (task.form === form ? value : none);
  return {
    ...key,
    credit: of("choice", kept(key.credit, (id) => options.includes(id)), {}),
    right: of("choices", key.right.filter((id) => options.includes(id)), []),
    when: of("interval", key.when, null),
    where: of("place", key.where, null),
    reasons: key.reasons.filter((id) => reasons.includes(id)),
    partly: kept(key.partly, named),
  };
}

function kept<T>(of: Record<string, T>, wanted: (id: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(of).filter(([id]) => wanted(id)));
}

// Lack is something without which a plan cannot be packed.
export interface Lack {
  step: "about" | "tasks";
  what: "title" | "story" | "by" | "id" | "minutes" | "origin" | "files" | "tasks" | "task.title" | "task.question" | "task.points" | "task.why" | "task.hints" | "task.subjects" | "task.options" | "task.words" | "task.key" | "task.reasons";
  task: string; // "" where it is of no task
  n: number; // of how many files or parts
}

// lacksOf lists what a plan still lacks, in the order of its screens.
export function lacksOf(plan: Plan): Lack[] {
  const out = aboutLacks(plan.exercise);
  if (plan.exercise.tasks.length === 0) out.push({ step: "tasks", what: "tasks", task: "", n: 1 });
  for (const task of plan.exercise.tasks) out.push(...taskLacks(task, keyOf(plan, task.task)));
  return out;
}

function aboutLacks(e: Exercise): Lack[] {
  const nameless = e.media.filter((m) => m.origin.trim() === "" || m.licence.trim() === "").length;
  const [from, to] = e.minutes;
  const wrong: [Lack["what"], number][] = [
    ["title", blank(e.title) ? 1 : 0],
    ["id", shortNamePattern.test(e.exercise) ? 0 : 1],
    ["story", blank(e.story) ? 1 : 0],
    ["by", e.by.trim() === "" ? 1 : 0],
    ["minutes", from >= 1 && to >= from && to <= 600 ? 0 : 1],
    ["files", e.media.length === 0 ? 1 : 0],
    ["origin", nameless],
  ];
  return wrong.filter(([, n]) => n > 0).map(([what, n]) => ({ step: "about", what, task: "", n }));
}

function taskLacks(task: Task, key: TaskKey): Lack[] {
  const parts = task.subjects;
  const few = byOptions(task.form) ? parts.filter((s) => choicesOf(task, s).length < 2).length : 0;
  const wordless = [...task.options, ...task.reasons, ...parts.flatMap((s) => s.options)].filter((o) => blank(o.label)).length + parts.filter((s) => blank(s.label)).length;
  const wrong: [Lack["what"], number][] = [
    ["task.title", blank(task.title) ? 1 : 0],
    ["task.question", blank(task.question) ? 1 : 0],
    ["task.points", task.points >= 1 && task.points <= 100 ? 0 : 1],
    ["task.hints", task.hints.filter(blank).length],
    ["task.subjects", parts.length === 0 ? 1 : 0],
    ["task.options", few],
    ["task.words", wordless],
    ["task.key", parts.filter((s) => !answered(task, subjectKey(key, s.subject))).length],
    ["task.reasons", task.reasons.length > 0 ? parts.filter((s) => subjectKey(key, s.subject).reasons.length === 0).length : 0],
    ["task.why", blank(key.why) ? 1 : 0],
  ];
  return wrong.filter(([, n]) => n > 0).map(([what, n]) => ({ step: "tasks", what, task: task.task, n }));
}

// answered says whether the key says what is right of a part.
export function answered(task: Task, key: SubjectKey): boolean {
  switch (task.form) {
    case "choice":
      return Object.values(key.credit).includes(1);
    case "choices":
      return key.right.length > 0;
    case "interval":
      return key.when !== null;
  }
  return key.where !== null;
}
