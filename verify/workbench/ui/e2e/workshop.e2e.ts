// The learner's whole path with the keyboard alone, in two languages of opposite
// directions: a pack is opened, its tasks are answered, handed in, and the key is
// seen beside the answers. Each state is held against WCAG in light and dark, and
// what the pack brings stays text.
import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExercisePage } from "../src/api.gen";
import { ask } from "./asking";
import { begun, makePack, title, wordsIn, type Pack } from "./exercising";
import { revealed } from "./finding";
import { accessible, browser, open, press, ready, serve, themes, type Opened, type Served } from "./harness";
import { tabTo } from "./keyboard";

let b: Browser;
let s: Served;
let pack: Pack;

beforeAll(async () => {
  b = await browser();
  s = await serve("");
  pack = makePack();
});

afterAll(async () => {
  await b?.close();
  await s?.stop();
});

// seen holds a state against WCAG in both themes, with one heading of the first
// level and nothing wider than the window.
async function seen(page: Page, where: string): Promise<void> {
  await ready(page);
  await passes(page, where);
  expect(await page.locator("main h1").count(), `${where}: headings of the first level`).toBe(1);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${where}: too wide`).toBeLessThanOrEqual(0);
}

async function answered(o: Opened, n: number): Promise<ExercisePage> {
  await expect.poll(async () => (await ask<ExercisePage>(o, "/exercise")).answered).toBe(n);
  await ready(o.page);
  return ask<ExercisePage>(o, "/exercise");
}

type Words = ReturnType<typeof wordsIn>;

const answerOf = (page: ExercisePage, task: string) => page.tasks.find((t) => t.task === task)!.subjects[0]!;

// The pack is chosen by its path, looked at, and begun.
async function begins(o: Opened, w: Words): Promise<void> {
  const { page } = o;
  await tabTo(page, "button", w("workshop.open"));
  await press(page, "Enter");
  await page.waitForSelector("dialog input");
  await page.keyboard.press("Control+A");
  await page.keyboard.type(pack.path);
  await press(page, "Enter");
  await page.waitForSelector("dialog code");
  await seen(page, "what a pack holds");
  await press(page, "Shift+Tab", "Tab");
  await tabTo(page, "button", w("workshop.open.verbBegin"));
  await press(page, "Enter");
  await page.waitForURL(/\/workshop\/[0-9a-f]+$/, { timeout: 60_000 });
  o.caseID = new URL(page.url()).pathname.split("/")[2]!;
  await page.waitForSelector("h1");
  await seen(page, "the story");
  expect(await page.locator("main h1").textContent()).toBe(title);
  expect(await page.getByRole("note").first().textContent()).toBe(w("frame.exercise"));
}

// A choice with reasons, by its numbers; hints; softened for good.
async function answersAChoice(o: Opened, w: Words): Promise<void> {
  const { page } = o;
  await tabTo(page, "button", w("workshop.start"));
  await press(page, "Enter");
  await page.waitForURL(/\/same$/);
  await seen(page, "a task that is not answered");
  await press(page, "1", "3");
  await expect.poll(async () => answerOf(await ask<ExercisePage>(o, "/exercise"), "same").answer).toMatchObject({ chosen: ["same"], reasons: ["edges"] });
  await press(page, "2");
  await expect.poll(async () => answerOf(await ask<ExercisePage>(o, "/exercise"), "same").answer.chosen).toEqual(["other"]);
  await press(page, "Control+Z");
  await expect.poll(async () => answerOf(await ask<ExercisePage>(o, "/exercise"), "same").answer.chosen).toEqual(["same"]);
  await press(page, "Control+Shift+Z");
  await expect.poll(async () => answerOf(await ask<ExercisePage>(o, "/exercise"), "same").answer.chosen).toEqual(["other"]);
  await press(page, "i");
  await page.getByText("Look at the edges.").waitFor();
  expect(await page.getByText("Count the stones.").count()).toBe(0);
  await press(page, "b");
  expect(await page.getByRole("switch").getAttribute("aria-checked")).toBe("true");
  await seen(page, "a task that is answered, with a hint");
}

// A tool of the task, and the way back to it; the bar has no other tools.
async function usesATool(o: Opened, w: Words): Promise<void> {
  const { page } = o;
  const bar = page.getByRole("navigation", { name: w("frame.rooms") });
  expect(await bar.getByRole("link").allTextContents()).toEqual([w("frame.screen.gallery"), w("frame.screen.compare")]);
  await tabTo(page, "a", w("workshop.tool.gallery"));
  await press(page, "Enter");
  await page.waitForURL(/\/media/);
  await seen(page, "a tool of the task");
  expect(await page.getByRole("note").first().textContent()).toBe(w("frame.exercise"));
  await press(page, "g", "t");
  await page.waitForURL(/\/same$/);
  await ready(page);
  await page.getByText("Look at the edges.").waitFor(); // the task stands again, with the hint that was taken
}

// Several answers; a time as it is typed; a place as it is typed and on the map.
async function answersTheOthers(o: Opened, w: Words): Promise<void> {
  const { page } = o;
  await press(page, "]");
  await page.waitForURL(/\/several$/);
  await press(page, "1", "2");
  await expect.poll(async () => answerOf(await ask<ExercisePage>(o, "/exercise"), "several").answer.chosen).toEqual(["day", "town"]);
  await seen(page, "several answers");
  await press(page, "]");
  await page.waitForURL(/\/when$/);
  await tabTo(page, "input", w("workshop.when.from"));
  await page.keyboard.type("2025-09-02 08:12");
  await tabTo(page, "input", w("workshop.when.to"));
  await page.keyboard.type("2025-09-02 08:13");
  await press(page, "Enter");
  expect(answerOf(await answered(o, 3), "when").answer.when).toEqual({ earliest: "2025-09-02T05:12:00Z", latest: "2025-09-02T05:13:59Z" });
  await tabTo(page, "button", w("workshop.tool.sun"));
  await press(page, "Enter");
  await tabTo(page, "input", w("workshop.sun.at"));
  await page.keyboard.type("50.45, 30.52");
  await tabTo(page, "input", w("workshop.sun.day"));
  await page.keyboard.type("2025-09-02");
  await tabTo(page, "input", w("workshop.sun.direction"));
  await page.keyboard.type("0");
  await press(page, "Enter");
  await page.getByText(w("workshop.sun.when")).waitFor();
  await seen(page, "a time, with the sun");
  await tabTo(page, "button", w("workshop.next"));
  await press(page, "Enter");
  await page.waitForURL(/\/where$/);
  await tabTo(page, "input", w("workshop.where.at"));
  await page.keyboard.type("46.41, 25.12");
  await tabTo(page, "input", w("workshop.where.radius"));
  await page.keyboard.type("5000");
  await press(page, "Enter");
  expect(answerOf(await answered(o, 4), "where").answer.where).toEqual({ latitude: 46.41, longitude: 25.12, radius_m: 5000 });
  await page.locator("svg[role=application]").focus();
  await press(page, "ArrowUp", "Enter");
  await expect.poll(async () => answerOf(await ask<ExercisePage>(o, "/exercise"), "where").answer.where!.latitude).not.toBe(46.41);
  await seen(page, "a place");
}

// Handing in: what is in the file is read before, and is what is written.
async function handsIn(o: Opened, w: Words): Promise<void> {
  const { page } = o;
  await tabTo(page, "button", w("workshop.handIn"));
  await press(page, "Enter");
  await page.waitForSelector("dialog pre");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Lea <i>");
  await expect.poll(() => page.locator("dialog pre").textContent()).toContain("Lea ");
  await seen(page, "handing in");
  const shown = JSON.parse((await page.locator("dialog pre").textContent())!) as { answers: unknown };
  await press(page, "Enter");
  await page.getByText(w("workshop.handIn.give")).waitFor();
  await seen(page, "handed in");
  const path = (await page.locator("dialog code").textContent())!;
  const written = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  expect(written["name"]).toBe("Lea <i>");
  expect(written["answers"]).toEqual(shown.answers);
  expect(Object.keys(written).sort()).toEqual(["answers", "exercise", "format", "hints", "ledger", "minutes", "name", "pack"]);
  await press(page, "Escape");
}

// The key: a wrong passphrase says so and opens nothing.
async function seesTheKey(o: Opened, w: Words): Promise<void> {
  const { page } = o;
  await tabTo(page, "button", w("workshop.key"));
  await press(page, "Enter");
  await page.waitForSelector("dialog input");
  await page.keyboard.type("not these words at all, surely");
  await press(page, "Enter");
  await page.waitForSelector("dialog [aria-invalid=true]", { timeout: 30_000 });
  await seen(page, "a passphrase that does not fit");
  await page.keyboard.press("Control+A");
  await page.keyboard.type(pack.passphrase);
  await press(page, "Enter");
  await page.waitForSelector("dialog", { state: "detached", timeout: 30_000 });
  await page.getByText(w("workshop.key.learn")).waitFor();
  for (const task of ["where", "when", "several", "same"]) {
    await page.waitForURL(new RegExp(`/${task}$`));
    await seen(page, `the key of ${task}`);
    await press(page, "[");
  }
  const marked = await ask<ExercisePage>(o, "/exercise");
  expect(marked.points).toBeGreaterThan(0);
  expect(answerOf(marked, "same").key!.points).toBe(3);
  await press(page, "1");
  expect((await ask<ExercisePage>(o, "/exercise")).answered).toBe(4);
}

for (const language of ["en", "ar"])
  test(`a learner's whole path by keyboard, ${language}`, async () => {
    const w = wordsIn(language);
    const o = await open(b, s, { settings: { language, level: "softened" } });
    const { page } = o;
    await o.to("/workshop");
    expect(await page.evaluate(() => document.documentElement.dir)).toBe(language === "ar" ? "rtl" : "ltr");
    await seen(page, "the list of exercises");
    for (const does of [begins, answersAChoice, usesATool, answersTheOthers, handsIn, seesTheKey]) await does(o, w);

    // What the pack brought was text all along.
    expect(await page.title()).not.toContain("taken");
    expect(await page.locator("main img[src=x], main script, main h1 b").count()).toBe(0);
    await o.to("/workshop");
    await page.getByText(title).first().waitFor();
    await seen(page, "the list with one begun");
    await o.close();
  });

test("an exercise stays softened for who chose sharp, and single pictures are revealed", async () => {
  const o = await open(b, s, { settings: { language: "en", level: "sharp" } });
  o.caseID = await begun(o, "copies");
  await o.to(`/workshop/${o.caseID}/same-or-not`);
  expect(await o.page.getByRole("switch").getAttribute("aria-checked")).toBe("true");
  await o.to(`/c/${o.caseID}/media`);
  await o.page.waitForTimeout(300);
  expect(await o.page.getByRole("switch").getAttribute("aria-checked")).toBe("true");
  await o.to(`/workshop/${o.caseID}/same-or-not`);
  await o.revealing(async () => {
    await revealed(o.page);
    await press(o.page, "Escape");
  });
  expect(await o.page.getByRole("switch").getAttribute("aria-checked")).toBe("true");
  await o.close();
});

for (const [width, language] of [[1280, "uk"], [720, "en"], [320, "en"], [320, "uk"], [320, "ar"]] as const)
  test(`tasks fit ${width} pixels, ${language}`, async () => {
    const o = await open(b, s, { width, height: 720, settings: { language, level: "softened" } });
    o.caseID = await begun(o, "copies");
    const { tasks } = await ask<ExercisePage>(o, "/exercise");
    for (const path of ["/workshop", `/workshop/${o.caseID}`, ...tasks.map((t) => `/workshop/${o.caseID}/${t.task}`)]) {
      await o.to(path);
      expect(await o.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBeLessThanOrEqual(0);
    }
    await o.close();
  });

test("a file that is no pack, and a task that is not there, are said", async () => {
  const o = await open(b, s, { settings: { language: "en", level: "softened" } });
  await o.to("/workshop/0123456789abcdef");
  await o.page.getByRole("alert").waitFor();
  await passes(o.page, "an exercise that is not open");
  o.caseID = await begun(o, "copies");
  await o.to(`/workshop/${o.caseID}/no-such-task`);
  await seen(o.page, "a task that is not there");
  await o.close();
});

// passes holds what has no heading of its own against WCAG.
async function passes(page: Page, where: string): Promise<void> {
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.waitForFunction((wanted) => document.documentElement.dataset["theme"] === wanted, theme);
    await accessible(page, `${where}, ${theme}`);
  }
}
