import type { ExercisePage } from "../../src/api.gen";
import { ask } from "../asking";
import { asked, begun, makePack, type Pack } from "../exercising";
import { press, type Opened } from "../harness";
import type { Shot } from "../shots.run";

let pack: Pack | null = null;

// at is a place in a built-in exercise.
function at(exercise: string, task = ""): (o: Opened) => Promise<string> {
  return async (o) => {
    const id = await begun(o, exercise);
    o.caseID = id;
    return `/workshop/${id}${task === "" ? "" : "/" + task}`;
  };
}

// marked is a task of an exercise whose key is open, with some answers before it.
function marked(task: string): (o: Opened) => Promise<string> {
  return async (o) => {
    const list = await asked<{ mine: { dir: string; key_open: boolean }[] }>(o, "/api/workshop");
    const done = list.mine.find((m) => m.key_open);
    const made = done ? await asked<{ id: string }>(o, "/api/cases/open", { dir: done.dir }) : await asked<{ id: string }>(o, "/api/workshop/practise", { exercise: "times" });
    o.caseID = made.id;
    if (!done) {
      const page = await ask<ExercisePage>(o, "/exercise");
      const answers = page.tasks.flatMap((t) => t.subjects.map((s, i) => answer(t.task, t.form, s.subject, s.options.map((x) => x.option), t.reasons.map((x) => x.option), i)));
      await ask(o, "/exercise/answer", { answers });
      await ask(o, "/exercise/key", {});
    }
    return `/workshop/${made.id}/${task}`;
  };
}

function answer(task: string, form: string, subject: string, options: string[], reasons: string[], i: number) {
  const when = { earliest: "2025-09-02T05:00:00Z", latest: "2025-09-02T06:30:00Z" };
  const where = { latitude: 46.4, longitude: 25.1, radius_m: 4000 };
  const chosen = form === "choice" ? [options[i % options.length]!] : form === "choices" ? options.slice(0, 3) : [];
  return { task, subject, chosen, reasons: reasons.slice(0, 1), when: form === "interval" ? when : null, where: form === "place" ? where : null };
}

const page = /\/api\/case\/[^/]+\/exercise$/;

export const shots: Shot[] = [
  { name: "workshop-list", on: "none", path: "/workshop" },
  { name: "workshop-list-loading", on: "none", path: "/workshop", hold: /\/api\/workshop$/ },
  { name: "workshop-list-error", on: "none", path: "/workshop", fail: /\/api\/workshop$/ },
  {
    name: "workshop-pack",
    on: "none",
    path: "/workshop",
    steps: async (p) => {
      pack ??= makePack();
      await p.getByRole("button", { name: "Open a pack…" }).click();
      await p.locator("dialog input").fill(pack.path);
      await press(p, "Enter");
      await p.waitForSelector("dialog code");
    },
  },
  { name: "workshop-story", on: "none", path: at("copies") },
  { name: "workshop-choice", on: "none", path: at("copies", "same-or-not") },
  {
    name: "workshop-choice-answered",
    on: "none",
    path: at("copies", "who-first"),
    steps: async (p) => {
      await press(p, "2", "i");
      await p.getByText("Saved").first().waitFor();
    },
  },
  { name: "workshop-choices", on: "none", path: at("incidents", "publish") },
  {
    name: "workshop-interval",
    on: "none",
    path: at("times", "sun-hour"),
    steps: async (p) => {
      await p.getByRole("button", { name: "Sun and shadow" }).click();
      await p.getByLabel("From", { exact: true }).first().fill("2025-09-20 09:00");
      await p.getByLabel("To", { exact: true }).first().fill("2025-09-20 10:30");
      await press(p, "Enter");
      await p.getByText("Saved").first().waitFor();
    },
  },
  {
    name: "workshop-place",
    on: "none",
    path: at("incidents", "where"),
    steps: async (p) => {
      await p.getByLabel("Latitude, longitude").first().fill("46.41, 25.12");
      await p.getByLabel("Radius in metres").first().fill("4000");
      await press(p, "Enter");
      await p.getByText("Saved").first().waitFor();
    },
  },
  { name: "workshop-tool", on: "none", path: async (o) => `/c/${await at("copies", "same-or-not")(o).then(() => o.caseID)}/media` },
  { name: "workshop-hand-in", on: "none", path: at("copies"), steps: async (p) => p.getByRole("button", { name: "Hand in…" }).click() },
  { name: "workshop-key-ask", on: "none", path: at("copies"), steps: async (p) => p.getByRole("button", { name: "See the key…" }).click() },
  { name: "workshop-key-choice", on: "none", path: marked("which-time") },
  { name: "workshop-key-interval", on: "none", path: marked("when-taken") },
  { name: "workshop-key-choices", on: "none", path: marked("publish") },
  { name: "workshop-loading", on: "none", path: at("copies"), hold: page },
  { name: "workshop-error", on: "none", path: at("copies"), fail: page },
];
