// Words as people type them into the filter box, in Ukrainian, Arabic and Latin
// letters: the files that were meant are shown, and no others.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Gallery } from "../src/api.gen";
import { ask } from "./asking";
import { browser, exercise, open, press, ready, serve, type Served } from "./harness";

let b: Browser;
let served: Served;

beforeAll(async () => {
  b = await browser();
  served = await serve(exercise());
});

afterAll(async () => {
  await b.close();
  await served.stop();
});

// shown is how many files the gallery shows, and which of some names.
async function shown(page: Page, names: string[]): Promise<string[]> {
  const cells = await page.locator("[role=listbox][aria-multiselectable] [role=option]").allInnerTexts();
  return cells.map((text) => names.find((name) => text.includes(name)) ?? text).sort();
}

test("a word finds its other forms, a place its other names, whatever the script", async () => {
  const o = await open(b, served);
  const { page } = o;
  const all = (await ask<Gallery>(o, "/gallery?sort=path")).ids;
  const id = (i: number) => all.slice(i * 64, i * 64 + 64);
  const notes = ["Жовтий автобус на мосту в Харкові", "مُظَاهَرَةٌ عند الجسر القديم في حلب", "Łódź, école"];
  for (const [i, note] of notes.entries()) await ask(o, "/acts/mark", { items: [id(i)], note, by: "Ada Example" });
  await ask(o, "/acts/mark", { items: [id(1)], add_tags: ["Пожежа"], by: "Ada Example" });
  const names = (await ask<Gallery>(o, "/gallery?sort=path")).cards.slice(0, notes.length).map((c) => c.name);
  await o.to("media");
  const meant: [string, number[]][] = [
    ["жовтого автобуса", [0]],
    ["«автобус на мосту»", [0]],
    ["note:міст note:Kharkiv", [0]],
    ["note:Харьков", [0]],
    ["مظاهره", [1]],
    ["جسر Aleppo", [1]],
    ["tag:пожежа", [1]],
    ["пожежу", [1]],
    ["note:ECOLE lodz", [2]],
    ["note:трамвай", []],
  ];
  for (const [typed, items] of meant) {
    await press(page, "/", "Control+a", "Delete");
    await page.keyboard.type(typed);
    await press(page, "Enter");
    await page.waitForURL((url) => url.searchParams.get("filter") === typed);
    await ready(page);
    await expect.poll(() => shown(page, names), { timeout: 10_000, message: typed }).toEqual(items.map((i) => names[i]).sort());
  }
  await o.close();
});
