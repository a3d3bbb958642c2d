// Exercises for runs and pictures: packs made by the program from a plan, and
// exercises begun as the page begins them.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { inject } from "vitest";
import type { CaseName, WorkshopList } from "../src/api.gen";
import { exercise, type Opened } from "./harness";

// asked gives the answer of a route that is of no case.
export async function asked<T>(o: Opened, path: string, body?: unknown): Promise<T> {
  return o.page.evaluate(
    async ({ path, body }) => {
      const answer = await fetch(path, body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
      return answer.json();
    },
    { path, body },
  ) as Promise<T>;
}

// begun gives the case of a built-in exercise, which is begun where it is not.
export async function begun(o: Opened, id: string): Promise<string> {
  const { built_in } = await asked<WorkshopList>(o, "/api/workshop");
  const offer = built_in.find((e) => e.exercise === id);
  if (!offer) throw new Error(`there is no built-in exercise ${id}`);
  const name = offer.begun === "" ? await asked<CaseName>(o, "/api/workshop/practise", { exercise: id }) : await asked<CaseName>(o, "/api/cases/open", { dir: offer.begun });
  return name.id;
}

// Pack is a pack that was made, and what opens its key.
export interface Pack {
  path: string;
  passphrase: string;
}

export const title = "Stones & <b>brooks</b>";
const markup = `<img src=x onerror="document.title='taken'"> &amp; <script>document.title='taken'</script>`;
const stones = "camera-originals/witness-01/IMG_20250902_081240.jpg";
const fall = "camera-originals/witness-01/IMG_20250902_081405.jpg";
const codes = ["position", "serial", "owner", "account", "caption", "phone", "email", "handle", "sidecar", "personal", "unseen"];

const en = (text: string) => ({ en: text });
const options = (list: Record<string, string>) => Object.entries(list).map(([option, text]) => ({ option, label: en(text), item: "" }));
const medium = (path: string) => ({ path, sha256: "", size: 0, modified: "0001-01-01T00:00:00Z", origin: "the exercise of Firsthand", licence: "CC0-1.0", credit: "" });
const subject = (items: string[]) => [{ subject: "only", label: en(`What was seen ${markup}`), items, options: [] }];
const task = (id: string, form: string, more: Record<string, unknown>) => ({ task: id, topic: "pair", title: en(`Task ${id}`), question: en(`A question.\n\n${markup}`), hints: [], tools: [], form, options: [], reasons: [], points: 3, ...more });
const key = (id: string, more: Record<string, unknown>) => ({ task: id, why: en(`What ${id} teaches ${markup}`), subjects: [{ subject: "only", credit: {}, right: [], when: null, where: null, reasons: [], why: en("The why of it."), partly: {}, ...more }] });

// plan has a task of each form, and markup in every text that a pack can bring.
const plan = {
  exercise: {
    format: 1, exercise: "stones", title: en(title), story: en(`A story.\n\n${markup}`), level: 1, minutes: [10, 20], by: markup, zone: "Europe/Kyiv",
    tasks: [
      task("same", "choice", {
        hints: [en("Look at the edges."), en("Count the stones.")], tools: ["compare", "media", "gallery"],
        options: [{ option: "same", label: en("the same picture"), item: stones }, { option: "other", label: en("another picture"), item: fall }],
        reasons: options({ edges: "its edges", light: "its light" }), subjects: subject([stones, fall]),
      }),
      task("several", "choices", { topic: "publish", options: options({ day: "the day", town: "the town", name: "the name" }), subjects: subject([stones]) }),
      task("when", "interval", { topic: "time", tools: ["sun"], subjects: subject([stones]) }),
      task("where", "place", { topic: "incident", tools: ["map"], subjects: subject([]) }),
    ],
    media: [medium(stones), medium(fall)],
  },
  key: {
    format: 1, pack: "",
    tasks: [
      key("same", { credit: { other: 1 }, reasons: ["edges"], partly: { same: en("Not the same stones.") } }),
      key("several", { right: ["day", "town"] }),
      key("when", { when: { earliest: "2025-09-02T05:12:00Z", latest: "2025-09-02T05:13:00Z", width_seconds: 60 } }),
      key("where", { where: { latitude: 46.4, longitude: 25.1, radius_m: 500 } }),
    ],
  },
  places: [],
  clearances: ["", stones, fall].flatMap((path) => codes.map((code) => ({ path, code, what: "", by: "Tess Trainer", reason: "invented for an exercise" }))),
};

// makePack packs the plan with files of the exercise case.
export function makePack(): Pack {
  const room = mkdtempSync(join(inject("scratch"), "pack-"));
  const passphrase = "seven herons cross the quiet estuary at dawn";
  writeFileSync(join(room, "plan.json"), JSON.stringify(plan));
  writeFileSync(join(room, "words"), passphrase + "\n");
  const path = join(room, "stones.zip");
  execFileSync(inject("program"), ["workshop", "new", "--plan", join(room, "plan.json"), "--case", exercise(), "--out", path, "--passphrase-file", join(room, "words")], {
    env: { ...process.env, XDG_CONFIG_HOME: room, HOME: room },
    stdio: ["ignore", "ignore", "pipe"],
  });
  return { path, passphrase };
}

// wordsIn gives what the page says in a language: the key itself where the
// catalogue has none, as the page does.
export function wordsIn(language: string): (key: string) => string {
  const folder = resolve(import.meta.dirname, "../../../locale/messages", language, "page");
  const all: Record<string, unknown> = Object.assign({}, ...readdirSync(folder).map((f) => JSON.parse(readFileSync(join(folder, f), "utf8")) as object));
  return (key) => (typeof all[key] === "string" ? all[key] : key);
}
