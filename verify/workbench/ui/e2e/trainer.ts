// Plans of exercises, made for tests by asking the program as the page does.
import type { Gallery, Plan, PlanPage } from "../src/api.gen";
import { ask } from "./asking";
import type { Opened } from "./harness";

// post gives the answer of a route that is of no case.
export async function post<T>(o: Opened, path: string, body: unknown): Promise<T> {
  return o.page.evaluate(
    async ({ path, body }) => {
      const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
      return answer.json();
    },
    { path, body },
  ) as Promise<T>;
}

async function begin(o: Opened): Promise<PlanPage> {
  const found = await ask<Gallery>(o, `/gallery?${new URLSearchParams({ filter: "type:image source:phone" })}`);
  const all = found.ids === "" ? await ask<Gallery>(o, `/gallery?${new URLSearchParams({ filter: "type:image" })}`) : found;
  const items = (all.ids.match(/.{64}/g) ?? []).slice(0, 3);
  return post<PlanPage>(o, "/api/trainer/plans/begin", { case: o.caseID, exercise: "market-square", title: "The market square", language: "en", items });
}

// begun is a plan with three files and nothing else, by its name in addresses.
export async function begun(o: Opened): Promise<string> {
  return (await begin(o)).id;
}

// packable is a plan that lacks nothing but the words of who looked at its files.
export async function packable(o: Opened): Promise<string> {
  const page = await begin(o);
  const { exercise: e } = page.plan;
  const [first = "", second = "", third = ""] = e.media.map((m) => m.path);
  const en = (text: string) => ({ en: text });
  const plan: Plan = {
    ...page.plan,
    exercise: {
      ...e,
      story: en("Three pictures were sent in after a storm that never was.\n\nFind out which of them belong together."),
      by: "Ada Example",
      media: e.media.map((m) => ({ ...m, origin: "drawn for this exercise", licence: "CC0-1.0", credit: "Ada Example" })),
      tasks: [
        {
          task: "pair-1", topic: "pair", title: en("Twice the same?"), question: en("Is this the same picture, or another of the same scene?"), hints: [en("Look at what does not move.")], tools: ["compare"], form: "choice", points: 10,
          options: [{ option: "same", label: en("The same picture"), item: "" }, { option: "scene", label: en("The same scene, another picture"), item: "" }, { option: "different", label: en("Different scenes"), item: "" }],
          reasons: [{ option: "fixed", label: en("Things that do not move agree"), item: "" }, { option: "text", label: en("A text was added"), item: "" }],
          subjects: [{ subject: "part-1", label: en("The bridge"), items: [first, second], options: [] }],
        },
        { task: "sun-1", topic: "sun", title: en("When?"), question: en("From when to when can this have been taken?"), hints: [], tools: ["media", "sun"], form: "interval", points: 5, options: [], reasons: [], subjects: [{ subject: "part-1", label: en("The shadow"), items: [third], options: [] }] },
      ],
    },
    key: {
      ...page.plan.key,
      tasks: [
        { task: "pair-1", why: en("What stands still tells more than what moves."), subjects: [{ subject: "part-1", credit: { different: 1, scene: 0.5 }, right: [], when: null, where: null, reasons: ["fixed"], why: en("The railing has another number of posts."), partly: { same: en("The bank is another one.") } }] },
        { task: "sun-1", why: en("A shadow is a clock."), subjects: [{ subject: "part-1", credit: {}, right: [], when: { earliest: "2025-09-20T13:00:00Z", latest: "2025-09-20T13:30:00Z", width_seconds: 1800 }, where: null, reasons: [], why: {}, partly: {} }] },
      ],
    },
  };
  await post(o, `/api/trainer/plans/${page.id}/keep`, { revision: page.revision, plan });
  return page.id;
}
