// A room that practised: the pack of a built-in exercise, and what four learners
// handed in, made with the program as they would.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import type { Opened } from "./harness";

export interface Room {
  folder: string; // of what was handed in
  pack: string;
  passphrase: string;
  exercise: string; // the case of the exercise, as a learner has it
}

// Learner is one of them: answers as the command takes them, and the tasks whose
// hints were opened.
interface Learner {
  name: string;
  answers: readonly string[][];
  hints: readonly string[];
}

const flood = ["where", "flood", "--radius"];
const rockfall = ["where", "rockfall", "--radius"];
const storm = ["when", "storm", "--from"];

const learners: readonly Learner[] = [
  { name: "Zoryana", hints: ["where"], answers: [[...flood, "300", "--at", "46.2535,25.2200"], [...rockfall, "500", "--at", "46.4870,25.3710"], [...storm, "2025-09-13T04:42Z", "--to", "2025-09-13T04:50Z"], ...choose("flood-2-september", "flood-2-september", "flood-21-september", "reservoir")] },
  { name: "أمل", hints: [], answers: [[...flood, "2000", "--at", "46.2600,25.2300"], [...storm, "2025-09-13T04:30Z", "--to", "2025-09-13T05:30Z"], ...choose("flood-2-september", "flood-2-september", "flood-2-september", "reservoir")] },
  { name: "=Ben", hints: ["where", "where", "when"], answers: [[...flood, "1000", "--at", "46.4050,25.1150"], [...rockfall, "800", "--at", "46.4900,25.3650"], ...choose("flood-2-september", "flood-21-september", "flood-21-september", "no-event")] },
  { name: "Chloé", hints: [], answers: choose("flood-2-september", "flood-2-september", "storm") },
];

// choose answers the first parts of the task of incidents.
function choose(...options: string[]): string[][] {
  return options.map((option, i) => ["which-incident", `#${i}`, "--choose", option]);
}

// practised makes a room. The pack is unpacked once; each learner goes on in a copy.
export function practised(): Room {
  const at = mkdtempSync(join(inject("scratch"), "room-"));
  const run = (...args: string[]) => execFileSync(inject("program"), args, { cwd: at, env: { ...process.env, XDG_CONFIG_HOME: join(at, "config"), HOME: at, LANG: "C" }, stdio: ["ignore", "pipe", "pipe"] }).toString();
  const room = { folder: join(at, "stick"), pack: join(at, "incidents.zip"), passphrase: "harbour crane zebra violet pumpkin", exercise: join(at, "first", "case") };
  writeFileSync(join(at, "pass.txt"), room.passphrase + "\n");
  mkdirSync(room.folder);
  run("workshop", "new", "--exercise", "incidents", "--out", room.pack, "--passphrase-file", join(at, "pass.txt"));
  run("workshop", "open", room.pack, "--dir", join(at, "first"), "--no-serve", "--video", "off", "--quiet");
  const { exercise } = JSON.parse(run("workshop", "show", "--case", room.exercise, "--json")) as { exercise: { tasks: { task: string; subjects: { subject: string }[] }[] } };
  const parts = exercise.tasks.find((t) => t.task === "which-incident")?.subjects.map((s) => s.subject) ?? [];
  learners.forEach((learner, n) => {
    const own = join(at, `learner-${n}`, "case");
    cpSync(room.exercise, own, { recursive: true });
    for (const [task = "", part = "", ...answer] of learner.answers) run("workshop", "answer", task, part.startsWith("#") ? (parts[Number(part.slice(1))] ?? "") : part, ...answer, "--case", own);
    for (const task of learner.hints) run("workshop", "hint", task, "--case", own);
    run("workshop", "hand-in", "--case", own, "--name", learner.name, "--out", room.folder);
  });
  writeFileSync(join(room.folder, "notes.answers.json"), "{}\n");
  return room;
}

// names are those that must not be seen on a projector.
export const names: readonly string[] = learners.map((l) => l.name);

// collected gives the address of what a room handed in, once it is collected.
export async function collected(o: Opened, room: Room): Promise<string> {
  const made = await o.page.evaluate(
    async (body) => {
      const answer = await fetch("/api/trainer/collect", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(await answer.text());
      return (await answer.json()) as { collection: string };
    },
    { folder: room.folder, pack: room.pack, passphrase: room.passphrase },
  );
  return `/trainer/${made.collection}`;
}
