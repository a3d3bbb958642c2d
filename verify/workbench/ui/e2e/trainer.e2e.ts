// The trainer's side, as a trainer at a keyboard uses it: an exercise is made from
// files of a case, looked through and packed; what a room handed in is collected;
// and the room is shown its answers without a name.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessible, browser, exercise, open, press, ready, serve, themes, type Opened, type Served } from "./harness";
import { tabTo } from "./keyboard";
import { collected, names, practised, type Room } from "./room";
import { begun, packable } from "./trainer";

let b: Browser;
let s: Served;
let room: Room;

beforeAll(async () => {
  b = await browser();
  s = await serve(exercise());
  room = practised();
});

afterAll(async () => {
  await b?.close();
  await s?.stop();
});

// type goes to a field and writes into it.
async function type(page: Page, tag: string, name: string, text: string): Promise<void> {
  await tabTo(page, tag, name);
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}

// act goes to a control and presses a key on it.
async function act(page: Page, tag: string, name: string, key = "Enter"): Promise<void> {
  await tabTo(page, tag, name);
  await press(page, key);
}

// clearAll says of each concern that is open why it is safe.
async function clearAll(page: Page): Promise<void> {
  for (const button of ["One reason for all", "I looked at it"])
    while ((await page.getByRole("button", { name: button }).count()) > 0) {
      await act(page, "button", button);
      await page.getByRole("dialog").waitFor();
      await page.keyboard.insertText("invented for this exercise");
      await press(page, "Control+Enter");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
}

test("an exercise is made and packed with the keyboard alone", async () => {
  const o = await open(b, s);
  const { page } = o;
  await o.to("/trainer");
  await act(page, "button", "New exercise");
  await page.getByRole("checkbox").first().waitFor();
  await page.keyboard.insertText("The quay at noon");
  await act(page, "input", "PICT0001", "Space");
  await act(page, "input", "PICT0002", "Space");
  await act(page, "button", "Begin");
  await page.getByRole("heading", { name: "The quay at noon" }).waitFor();

  await type(page, "textarea", "Story", "Two pictures of a quay were sent in.");
  await type(page, "input", "Origin of", "drawn for this exercise");
  await type(page, "input", "Licence of", "CC0-1.0");
  await act(page, "button", "Use the first file’s for all");

  await act(page, "a", "Tasks and key");
  await act(page, "button", "Add a task");
  await press(page, "s"); // by its first letter: same picture or same scene
  await press(page, "Enter");
  await type(page, "input", "Title of the task", "Twice the same?");
  await act(page, "button", "Add a part");
  await act(page, "button", "Add a file");
  await press(page, "Enter", "Escape");
  await act(page, "select", "Credit for: Different scenes", "Home"); // Right
  await act(page, "input", "Things that do not move agree", "Space");
  await type(page, "textarea", "Shown with the key", "What stands still tells more than what moves.");
  expect(await page.getByText("Missing:").count()).toBe(0);

  // a reload loses nothing
  await page.getByText("Kept in", { exact: true }).waitFor();
  await page.reload();
  await ready(page);
  expect(await page.getByLabel("Title of the task").inputValue()).toBe("Twice the same?");

  await act(page, "a", "Check and pack");
  await page.getByText("Nothing is missing.").waitFor();
  expect(await page.getByRole("button", { name: "Make the pack…" }).isDisabled()).toBe(true);
  await clearAll(page);
  await act(page, "button", "Make the pack…");
  await accessible(page, "before a pack is made");
  await act(page, "button", "Make the pack");
  await page.getByRole("heading", { name: "The pack is made" }).waitFor({ timeout: 60_000 });
  await accessible(page, "the pack that is made");
  const passphrase = await page.locator("[data-passphrase]").innerText();
  expect(passphrase).toMatch(/^[a-z]{4}(-[a-z]{4}){4}$/);
  await act(page, "button", "I have noted it");
  expect(await page.content()).not.toContain(passphrase);
  const folder = join(s.folder, "..", "Firsthand");
  expect(readdirSync(folder)).toContain("the-quay-at-noon.zip");
  const plan = readFileSync(join(folder, "Exercise plans", "the-quay-at-noon.plan.json"), "utf8");
  expect(plan).toContain("invented for this exercise");
  expect(plan).not.toContain(passphrase);
  await o.close();
});

test("files that were selected in the gallery begin an exercise", async () => {
  const o = await open(b, s);
  const { page } = o;
  await o.to("media");
  await page.getByRole("listbox").first().focus();
  await press(page, "Home", "Space", "ArrowRight", "Space");
  await act(page, "button", "Make an exercise");
  await page.getByRole("dialog").getByText("2 files chosen").waitFor();
  await o.close();
});

test("a room is collected and shown with the keyboard alone", async () => {
  const o = await open(b, s);
  const { page } = o;
  await o.to("/trainer");
  await type(page, "input", "Folder with the answers", room.folder);
  await type(page, "input", "Exercise pack", room.pack);
  await type(page, "input", "Passphrase", "wrong passphrase entirely here");
  await press(page, "Enter");
  await page.getByRole("alert").waitFor({ timeout: 60_000 });
  await type(page, "input", "Passphrase", room.passphrase);
  await press(page, "Enter");
  await page.getByRole("heading", { name: "Learners" }).waitFor({ timeout: 60_000 });
  expect(await page.getByRole("row").count()).toBe(names.length + 1);
  await page.getByText("1 file does not count").waitFor();

  await act(page, "button", "Points of"); // the highest first
  expect(await page.locator("tbody th").allInnerTexts()).toEqual(["Zoryana", "أمل", "=Ben", "Chloé"]);
  await act(page, "input", "Hide names", "Space");
  const shown = await page.locator("main").innerText();
  for (const name of [...names, ".answers.json"]) expect(shown).not.toContain(name);
  await act(page, "button", "Where did it happen?");
  await page.getByRole("heading", { name: "The flood of 2 September" }).waitFor();
  await act(page, "button", "Show the key");
  await page.getByText("A circle of 150 metres").first().waitFor();

  await act(page, "button", "Show to the room");
  await page.getByText("Task 1 of 5").waitFor();
  await ready(page);
  const first = page.url();
  await press(page, "ArrowRight");
  await page.getByText("with the key").waitFor();
  await page.getByText("right", { exact: true }).waitFor();
  await press(page, "ArrowLeft");
  await page.getByText("answers of the room").waitFor();
  await ready(page);
  expect(await page.getByText("right", { exact: true }).count()).toBe(0);
  await press(page, "k");
  await page.getByText("with the key").waitFor();
  await press(page, "k", "Space");
  expect(page.url()).not.toBe(first);
  await o.close();
});

test("nothing that a room is shown tells a name or the key too early", async () => {
  const o = await open(b, s);
  const { page } = o;
  const at = await collected(o, room);
  const told: string[] = [];
  page.on("response", async (r) => {
    if (r.url().includes("/project")) told.push(r.headers()["content-type"]?.includes("json") ? await r.text() : "");
  });
  await o.to(`${at}/project`);
  expect(told.join("")).not.toContain('"credit"');
  for (let step = 0; step < 70 && (await page.getByRole("button", { name: "Next" }).isEnabled()); step++) {
    await press(page, "Space");
    await ready(page);
    const shown = await page.content();
    for (const name of names) expect(shown).not.toContain(name);
  }
  await page.getByText("Task 5 of 5").waitFor();
  for (const name of [...names, "answers.json"]) expect(told.join("")).not.toContain(name);
  await o.close();
});

test("where a language is read from the right, the arrows turn with it", async () => {
  const o = await open(b, s, { settings: { language: "ar" } });
  const { page } = o;
  await o.to(`${await collected(o, room)}/project`);
  const first = page.url();
  await press(page, "ArrowRight");
  expect(page.url()).toBe(first);
  await press(page, "ArrowLeft");
  await page.waitForURL(/key=1/);
  await press(page, "ArrowRight");
  await page.waitForURL((url) => !url.search.includes("key=1"));
  await o.close();
});

// states are all that a trainer and a room see, by name.
async function states(o: Opened): Promise<Record<string, string>> {
  const bare = await begun(o);
  const whole = await packable(o);
  const at = await collected(o, room);
  return {
    home: "/trainer", beginning: `/trainer?case=${o.caseID}`, "a bare plan": `/trainer?plan=${bare}`, "no tasks": `/trainer?plan=${bare}&step=tasks`, "what is missing": `/trainer?plan=${bare}&step=check`,
    "story and files": `/trainer?plan=${whole}`, "a task of options": `/trainer?plan=${whole}&step=tasks`, "a task of times": `/trainer?plan=${whole}&step=tasks&task=sun-1`, concerns: `/trainer?plan=${whole}&step=check`,
    answers: at, "answers with the key": `${at}?task=which-incident&key=1&names=hidden`, "places with the key": `${at}?task=where&key=1`, "times with the key": `${at}?task=when&key=1`, "no answers any more": "/trainer/0000000000000000",
    projector: `${at}/project`, "projector with the key": `${at}/project?task=which-incident&part=leaves&key=1`, "projector, a map": `${at}/project?task=where&part=flood&key=1`, "projector, times": `${at}/project?task=when&part=storm&key=1`, "projector, the end of a task": `${at}/project?task=which-incident&key=1`,
  };
}

for (const language of ["en", "ar"])
  for (const theme of themes)
    test(`everything is accessible in ${language}, ${theme}`, async () => {
      const o = await open(b, s, { theme, settings: { language } });
      for (const [name, path] of Object.entries(await states(o))) {
        await o.to(path);
        await accessible(o.page, `${name} (${language}, ${theme})`);
      }
      await o.close();
    });
