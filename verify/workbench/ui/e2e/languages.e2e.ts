// Every screen in each language: the document says which language it is in and
// which way it reads, no message is missing, nothing breaks WCAG 2.2 A and AA,
// and nothing is wider than the window when the page reads from the right.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { everyScreen } from "./asking";
import { accessible, browser, exercise, open, serve, type Opened, type Served } from "./harness";

let b: Browser;
let s: Served;

beforeAll(async () => {
  b = await browser();
  s = await serve(exercise());
});

afterAll(async () => {
  await b?.close();
  await s?.stop();
});

const messages = join(import.meta.dirname, "../../../locale/messages");

// whole is the messages of a language without values or forms, of several words
// each: what a screen shows of them can be nothing else.
function whole(language: string): Map<string, string> {
  const out = new Map<string, string>();
  const folder = join(messages, language, "page");
  for (const file of readdirSync(folder))
    for (const [key, value] of Object.entries(JSON.parse(readFileSync(join(folder, file), "utf8")) as Record<string, unknown>))
      if (typeof value === "string" && !value.includes("{") && value.includes(" ")) out.set(key, value);
  return out;
}

// shown is the text of the page, piece by piece, without what was scraped or
// written by people (which stands in bdi) and without code.
async function shown(o: Opened): Promise<string[]> {
  return o.page.evaluate(() => {
    const out: string[] = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const text = node.textContent?.trim() ?? "";
      if (text !== "" && !node.parentElement?.closest("bdi, code, script, style, pre")) out.push(text);
    }
    for (const e of document.querySelectorAll("[aria-label],[title],[placeholder]"))
      for (const name of ["aria-label", "title", "placeholder"]) {
        const text = e.getAttribute(name)?.trim();
        if (text) out.push(text);
      }
    return out;
  });
}

// sentences are those of the program that the page shows.
async function sentences(o: Opened): Promise<string[]> {
  return o.page.evaluate(() => [...document.querySelectorAll("[data-said]")].map((e) => e.textContent ?? ""));
}

// isolated is what shows the signs by which the program isolates names in its
// sentences on pages that read from the right: they belong into the part Said.
async function isolated(o: Opened): Promise<string[]> {
  return o.page.evaluate(() => [...document.querySelectorAll("bdi, [title], [aria-label]")].flatMap((e) => [e.textContent ?? "", e.getAttribute("title") ?? "", e.getAttribute("aria-label") ?? ""]).filter((text) => /⟨U\+206[6-9]⟩/.test(text)));
}

for (const [language, direction, letters] of [
  ["uk", "ltr", /\p{Script=Cyrillic}/u],
  ["ar", "rtl", /\p{Script=Arabic}/u],
] as const) {
  test(`every screen in ${language}`, async () => {
    const english = whole("en");
    const theirs = whole(language);
    const untranslated = new Set([...english].filter(([key, text]) => theirs.get(key) !== text).map(([, text]) => text));
    const o = await open(b, s, { settings: { language } });
    const wrong: string[] = [];
    let said = 0;
    for (const [name, path] of Object.entries(await everyScreen(o))) {
      await o.to(path);
      expect(await o.page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([language, direction]);
      const texts = await shown(o);
      const mine = new Set(theirs.values());
      said += texts.filter((text) => mine.has(text)).length;
      for (const text of texts) {
        if (untranslated.has(text)) wrong.push(`${name}: in English: ${text}`);
        if (/^[a-z]+(\.[a-zA-Z]+)+$/.test(text)) wrong.push(`${name}: no message: ${text}`);
        if (/\{\w+\}/.test(text)) wrong.push(`${name}: no value: ${text}`);
      }
      for (const text of await isolated(o)) wrong.push(`${name}: shows what isolates: ${text}`);
      for (const text of await sentences(o)) if (!letters.test(text)) wrong.push(`${name}: a sentence in another language: ${text}`);
      await accessible(o.page, `${name}, ${language}`);
    }
    expect(wrong).toEqual([]);
    expect(said).toBeGreaterThan(100);
    await o.close();
  });

  for (const width of [1280, 320])
    test(`every screen in ${language} fits ${width} pixels`, async () => {
      const o = await open(b, s, { width, height: 720, settings: { language } });
      const wide: string[] = [];
      for (const [name, path] of Object.entries(await everyScreen(o))) {
        await o.to(path);
        const over = await o.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (over > 0) wide.push(`${name}: ${over} pixels`);
      }
      expect(wide).toEqual([]);
      await o.close();
    });
}

test("the language is chosen in the settings and stays", async () => {
  const o = await open(b, s, { settings: { language: "" } });
  await o.to("/settings?part=display");
  await o.page.getByLabel("Language").selectOption("uk");
  await o.page.waitForFunction(() => document.documentElement.lang === "uk");
  await o.page.getByLabel("Мова").selectOption("ar");
  await o.page.waitForFunction(() => document.documentElement.dir === "rtl");
  await o.page.reload();
  expect(await o.page.evaluate(() => document.documentElement.lang)).toBe("ar");
  await o.close();
});
