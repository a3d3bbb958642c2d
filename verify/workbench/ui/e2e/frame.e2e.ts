// The frame of the page: first start, cases, settings, keys and care, as a
// person meets them.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Done, Gallery } from "../src/api.gen";
import { ask } from "./asking";
import { accessible, browser, exercise, open, press, ready, serve, themes, type Served } from "./harness";

let b: Browser;
let none: Served;
let one: Served;

beforeAll(async () => {
  b = await browser();
  none = await serve("");
  one = await serve(exercise());
});

afterAll(async () => {
  await b.close();
  await none.stop();
  await one.stop();
});

const entryLimit = 60 * 1024; // bytes, gzipped

test("what is loaded before any screen is at most 60 KB", async () => {
  const o = await open(b, one);
  const scripts = await o.page.evaluate(async () => {
    const text = await (await fetch("/")).text();
    const addresses = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map((m) => m[1]!);
    return Promise.all(addresses.map(async (a) => (await fetch(a)).text()));
  });
  expect(scripts.length).toBeGreaterThan(0);
  const sizes = scripts.map((s) => gzipSync(s, { level: 9 }).length);
  expect(sizes.reduce((a, n) => a + n, 0), `of ${sizes.join(" + ")}`).toBeLessThanOrEqual(entryLimit);
  await o.close();
});

describe("the first start", () => {
  test("comes by itself, and its choices are kept, by keys alone", async () => {
    const o = await open(b, none, { firstStart: true });
    const { page } = o;
    await o.to("/");
    await page.getByRole("heading", { name: "Welcome to Firsthand" }).waitFor();
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      await accessible(page, `the first start, ${theme}`);
    }
    await page.getByRole("radio", { name: /^Softened/ }).focus();
    await press(page, "ArrowUp", "Tab", "Space"); // veil; no suggestion of a break
    await press(page, "Tab");
    await page.keyboard.type("A. E.");
    await press(page, "Tab", "Tab", "Tab", "ArrowRight", "ArrowRight"); // folder, its button, dark
    await page.waitForFunction(() => document.documentElement.dataset["theme"] === "dark");
    await press(page, "Tab", "Tab", "Tab", "Enter"); // past the exercises, New case
    await page.getByRole("dialog", { name: "New case" }).waitFor();
    const { settings } = await page.evaluate(async () => (await fetch("/api/session")).json());
    expect(settings).toMatchObject({ started: true, level: "veil", break_minutes: 0, by: "A. E.", theme: "dark" });
    await o.close();
  });
});

describe("cases", () => {
  test("are made and found again, by keys alone", async () => {
    const o = await open(b, none);
    const { page } = o;
    await o.to("/?new=1");
    await page.getByRole("dialog", { name: "New case" }).waitFor();
    await press(page, "Enter");
    await page.getByText("Give the case a name.").waitFor();
    await accessible(page, "a new case without a name");
    await page.keyboard.type("../elsewhere");
    await press(page, "Enter");
    await page.locator("[aria-invalid=true]").waitFor();
    await press(page, "Control+a");
    await page.keyboard.type("Northgate");
    await press(page, "Enter");
    await page.waitForURL(/\/c\/[^/]+\/import$/);
    await page.getByRole("link", { name: "Northgate" }).waitFor();
    await o.to("/");
    await page.getByRole("button", { name: /Northgate/ }).first().waitFor();
    await accessible(page, "the cases");
    await o.close();
  });

  test("say what failed when a folder is none", async () => {
    const o = await open(b, none);
    const { page } = o;
    await o.to("/");
    await page.getByRole("button", { name: "Open a case…" }).click();
    const path = page.getByRole("textbox", { name: "Folder on this machine" });
    await path.fill("/nowhere/at/all");
    await press(page, "Enter");
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("button", { name: "Open this case" }).isDisabled()).toBe(true);
    await accessible(page, "a folder that is not there");
    await o.close();
  });

  test("of an exercise say so on every screen, and others do not", async () => {
    const o = await open(b, one);
    await o.to("media");
    await o.page.getByText("Exercise — not a real case").waitFor();
    await o.to("/");
    expect(await o.page.getByText("Exercise — not a real case").count()).toBe(0);
    await o.close();
  });

  test("are found as folders on this machine", async () => {
    const o = await open(b, none);
    const home = dirname((await o.page.evaluate(async () => (await fetch("/api/session")).json())).settings.case_folder as string);
    mkdirSync(join(home, "a <b>bold \u202Efolder"), { recursive: true });
    await o.to("/");
    await o.page.getByRole("button", { name: "Open a case…" }).click();
    await o.page.getByRole("textbox", { name: "Folder on this machine" }).fill(home);
    await press(o.page, "Enter");
    await o.page.getByText("a <b>bold ⟨U+202E⟩folder").waitFor();
    await o.close();
  });
});

describe("the settings", () => {
  const groups = ["care", "display", "keys", "zones", "maps", "storage", "about"];

  test.each(themes)("have no WCAG violations (%s)", async (theme) => {
    const o = await open(b, one, { theme });
    for (const g of groups) {
      await o.to(`/settings?part=${g}`);
      await accessible(o.page, `settings, ${g}`);
    }
    await o.close();
  });

  test("keep another key, refuse one that is taken, and put the usual ones back", async () => {
    const o = await open(b, one);
    const { page } = o;
    await o.to("/settings?part=keys");
    await page.getByRole("button", { name: /^Pin: P/ }).click();
    await page.getByRole("button", { name: "Press the new key" }).focus();
    await press(page, "x");
    await page.getByText(/It already means “(Set aside|Reject)”/).waitFor();
    expect(await page.getByRole("button", { name: "Use this key" }).isDisabled()).toBe(true);
    await accessible(page, "choosing a key");
    await press(page, "Shift+P");
    await page.getByRole("button", { name: "Use this key" }).click();
    await page.getByRole("button", { name: /^Pin: Shift P/ }).waitFor();
    await page.getByRole("button", { name: "Put all keys back" }).click();
    await page.getByRole("button", { name: /^Pin: P/ }).waitFor();
    await o.close();
  });

  test("name the licence of everything that is shipped", async () => {
    const o = await open(b, one);
    await o.to("/settings?part=about");
    await o.page.getByText("Natural Earth").first().waitFor();
    expect(await o.page.getByText("not known", { exact: true }).count()).toBe(0);
    await o.close();
  });
});

describe("the keys", () => {
  test("list themselves, find commands, and go to screens", async () => {
    const o = await open(b, one);
    const { page } = o;
    await o.to("");
    await press(page, "?");
    await page.getByRole("dialog", { name: "Keys of this screen" }).waitFor();
    await accessible(page, "the list of keys");
    await press(page, "Escape", "Control+k");
    await accessible(page, "the commands");
    await page.keyboard.type("clusters");
    await press(page, "Enter");
    await page.waitForURL(/\/clusters/);
    await press(page, "g", "o");
    await page.waitForURL((url) => /^\/c\/[^/]+$/.test(url.pathname));
    await o.close();
  });

  test("skip to the screen, past the bar", async () => {
    const o = await open(b, one);
    const { page } = o;
    await o.to("");
    await press(page, "Tab", "Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("screen");
    await o.close();
  });
});

describe("care", () => {
  test("covers the whole screen at once, and uncovers it", async () => {
    const o = await open(b, one);
    const { page } = o;
    await o.to("media");
    await press(page, "Shift+B");
    await page.getByRole("dialog", { name: "The screen is covered." }).waitFor();
    expect(await page.locator("img:visible").count()).toBe(0);
    await press(page, "Shift+B");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await o.close();
  });

  test("reveals one item by keys: its words, grey, colour, and softens it with Esc", async () => {
    const o = await open(b, one);
    const { page } = o;
    const { cards } = await ask<Gallery>(o, "/gallery");
    const item = cards.find((c) => c.kind === "image" && c.readable)!;
    await o.to(`media/${item.id}`);
    await press(page, "v");
    await page.getByRole("group", { name: "Before you look" }).waitFor();
    await accessible(page, "the words before a reveal");
    const shows = (picture: string) => page.locator(`main img[src^="/media/${o.caseID}/${item.id}/${picture}"]`).first().waitFor();
    await o.revealing(async () => {
      await press(page, "v");
      await shows("preview?grey=1");
      await press(page, "v");
      await page.waitForFunction((id) => [...document.querySelectorAll("main img")].some((i) => i.getAttribute("src")?.endsWith(`${id}/preview`)), item.id);
      await press(page, "Escape");
      await shows("soft");
    });
    await o.close();
  });

  test("asks once more before a severe item, also where the whole screen is sharp", async () => {
    const o = await open(b, one);
    const { page } = o;
    const { cards } = await ask<Gallery>(o, "/gallery");
    const item = cards.filter((c) => c.kind === "image" && c.readable)[3]!;
    await ask<Done>(o, "/acts/mark", { items: [item.id], warning: "severe" });
    await o.to(`media/${item.id}`);
    await press(page, "v", "v", "v");
    await page.getByRole("button", { name: "I want to see it" }).waitFor();
    await accessible(page, "a severe item before its reveal");
    await press(page, "Escape");
    await o.revealing(async () => {
      await press(page, "b");
      await page.waitForTimeout(500);
      expect(await page.locator(`main img[src*="${item.id}/preview"]`).count()).toBe(0);
      await press(page, "Escape", "v", "Enter", "v");
      await page.locator(`main img[src*="${item.id}/preview?grey=1"]`).first().waitFor();
    });
    await o.close();
  });

  test("takes back what was done, and does it again, by keys", async () => {
    const o = await open(b, one);
    const { page } = o;
    const { cards } = await ask<Gallery>(o, "/gallery");
    const item = cards.filter((c) => c.kind === "image")[5]!;
    const pinned = async () => (await ask<Gallery>(o, "/gallery")).cards.find((c) => c.id === item.id)!.pinned;
    await o.to(`media/${item.id}`);
    await ask<Done>(o, "/acts/mark", { items: [item.id], state: "pinned" });
    expect(await pinned()).toBe(true);
    await press(page, "Control+z");
    await page.getByRole("status").filter({ hasText: /./ }).first().waitFor();
    await expect.poll(pinned).toBe(false);
    await press(page, "Control+Shift+Z");
    await expect.poll(pinned).toBe(true);
    await o.close();
  });

  test("turns softening off for this screen only, and Esc softens again", async () => {
    const o = await open(b, one);
    const { page } = o;
    await o.to("media");
    const soft = page.getByRole("switch", { name: /Softened/ });
    await o.revealing(async () => {
      await press(page, "b");
      await page.locator("img[src$='/thumb']").first().waitFor();
      expect(await soft.getAttribute("aria-checked")).toBe("false");
      await press(page, "Escape");
      await page.waitForFunction(() => document.querySelector("img[src$='/thumb']") === null);
    });
    expect(await soft.getAttribute("aria-checked")).toBe("true");
    await o.revealing(async () => {
      await press(page, "b");
      await press(page, "g", "c");
      await page.waitForURL(/\/clusters/);
      await ready(page);
    });
    expect(await soft.getAttribute("aria-checked")).toBe("true");
    await o.close();
  });

  test("has a page for a break that asks for nothing", async () => {
    const o = await open(b, one, { settings: { contacts: "Ada, 555 0100" } });
    await o.to("/break");
    await o.page.getByText("Ada, 555 0100").waitFor();
    await accessible(o.page, "the break page");
    await o.close();
  });
});

test.each([
  [1280, 720],
  [800, 600],
  [320, 256], // 1280 wide at 400 %
])("nothing is cut off at %d × %d", async (width, height) => {
  const o = await open(b, one, { width, height });
  for (const path of ["/", "/start", "/settings?part=care", "/settings?part=about", "/break"]) {
    await o.to(path);
    const over = await o.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, path).toBeLessThanOrEqual(0);
  }
  await o.close();
});
