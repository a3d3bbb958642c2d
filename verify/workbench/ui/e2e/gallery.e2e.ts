// The gallery in a browser: every state without violations, and the main task,
// going through twenty items, with the keyboard alone.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Cards, Gallery } from "../src/api.gen";
import { ask } from "./asking";
import { accessible, browser, exercise, open, press, ready, serve, themes, type Served } from "./harness";

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

const list = "[role=listbox][aria-multiselectable]";

// standing is where the person is: position of the active item, and how many
// are selected.
async function standing(page: Page): Promise<{ at: number; of: number; selected: number }> {
  return page.evaluate((list) => {
    const active = document.querySelector(`${list} [data-active]`);
    return {
      at: Number(active?.getAttribute("aria-posinset")),
      of: Number(active?.getAttribute("aria-setsize")),
      selected: document.querySelectorAll(`${list} [aria-selected=true]`).length,
    };
  }, list);
}

// expectSoon waits for what an act brings about.
function expectSoon<T>(get: () => Promise<T>): ReturnType<typeof expect.poll> {
  return expect.poll(get, { timeout: 10_000 });
}

async function told(page: Page, text: RegExp): Promise<void> {
  await page.getByText(text).first().waitFor();
}

describe("states", () => {
  const states: { name: string; path: string; steps?: (page: Page) => Promise<void> }[] = [
    { name: "grid", path: "media" },
    { name: "list", path: "media?view=list" },
    { name: "groups", path: "media?group=day" },
    { name: "nothing found", path: "media?filter=has:gps+type:audio" },
    { name: "a filter that cannot be meant", path: "media?filter=sorce:a" },
    {
      name: "selection",
      path: "media",
      steps: async (page) => {
        await page.locator(list).focus();
        await press(page, "Space", "Shift+ArrowRight", "Shift+ArrowRight");
        await page.getByRole("toolbar").waitFor();
      },
    },
    {
      name: "completion",
      path: "media",
      steps: async (page) => {
        await press(page, "/");
        await page.keyboard.type("sou");
        await page.getByRole("option", { name: /source:/ }).first().waitFor();
      },
    },
    {
      name: "a menu",
      path: "media",
      steps: async (page) => {
        await page.getByRole("button", { name: /Time trust/ }).click();
        await page.getByRole("menu").waitFor();
      },
    },
    {
      name: "explanation",
      path: "media?filter=has:copies",
      steps: async (page) => {
        await press(page, "e");
        await page.getByRole("dialog").getByText("Why it is grouped with its copies").waitFor();
      },
    },
  ];
  for (const theme of themes)
    for (const state of states)
      test(`${state.name}, ${theme}: no violation of WCAG 2.2 A and AA`, async () => {
        const o = await open(b, served, { theme });
        await o.to(state.path);
        await state.steps?.(o.page);
        await accessible(o.page, state.name);
        await o.close();
      });
});

test("twenty items are gone through with the keyboard alone, and each step can be undone", async () => {
  const o = await open(b, served);
  const { page } = o;
  await o.to("media?sort=path");
  await page.locator(`${list} [data-active]`).waitFor();
  const first = await ask<Gallery>(o, "/gallery?sort=path");
  const ids = Array.from({ length: 20 }, (_, i) => first.ids.slice(i * 64, i * 64 + 64));
  expect(await standing(page)).toMatchObject({ at: 1, of: first.total });

  // Pin and set aside in turn; each moves on by itself.
  for (let i = 0; i < 20; i++) {
    await press(page, i % 2 === 0 ? "p" : "x");
    await page.waitForFunction(({ list, at }) => document.querySelector(`${list} [data-active]`)?.getAttribute("aria-posinset") === at, { list, at: String(i + 2) });
  }
  const marked = async () => (await ask<Cards>(o, "/gallery/cards?" + ids.map((id) => "id=" + id).join("&"))).cards;
  await expectSoon(async () => (await marked()).filter((c) => c.pinned).length).toBe(10);
  await expectSoon(async () => (await marked()).filter((c) => c.set_aside).length).toBe(10);

  // The last one was a mistake: undone, it is what it was.
  await press(page, "Control+z");
  await expectSoon(async () => (await marked())[19]?.set_aside).toBe(false);
  await press(page, "Control+Shift+z");
  await expectSoon(async () => (await marked())[19]?.set_aside).toBe(true);

  // Back to the first five, all at once: a tag, a note, a warning.
  await press(page, "Home", "Space", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight");
  await expectSoon(() => standing(page)).toMatchObject({ at: 5, selected: 5 });
  await press(page, "t");
  await page.keyboard.type("Smoke, two cars");
  await press(page, "Enter");
  await told(page, /5 files are tagged|tagged/i);
  await press(page, "n");
  await page.keyboard.type("Seen from the bridge");
  await press(page, "Control+Enter");
  await expectSoon(async () => (await marked()).slice(0, 5).map((c) => [c.tags.join(), c.notes])).toEqual(Array(5).fill(["Smoke,two cars", 1]));
  await press(page, "w");
  await expectSoon(async () => (await marked()).slice(0, 5).map((c) => c.warning)).toEqual(Array(5).fill("none"));
  await press(page, "Escape");
  await expectSoon(() => standing(page)).toMatchObject({ selected: 0 });

  // What was set aside is left out when the list is asked for anew, and the
  // filter finds what was said.
  await press(page, "/");
  await page.keyboard.type("tag:smoke setaside:any");
  await press(page, "Enter");
  await expectSoon(() => standing(page)).toMatchObject({ of: 5 });
  await press(page, "/", "Control+a", "Delete", "Enter");
  await expectSoon(() => standing(page)).toMatchObject({ of: first.total - 10 });
  await o.close();
});

test("the place is kept: filter, active item and selection come back after a reload and on the way back", async () => {
  const o = await open(b, served);
  const { page } = o;
  await o.to("media?filter=type:photo+setaside:any&sort=path");
  await page.locator(`${list} [data-active]`).waitFor();
  await press(page, "End", "Space", "ArrowLeft", "Space");
  const before = await standing(page);
  expect(before.selected).toBe(2);
  await page.waitForURL(/picked=/);
  await page.reload();
  await ready(page);
  await expectSoon(() => standing(page)).toEqual(before);
  await press(page, "Enter");
  await page.waitForURL(/\/media\/[0-9a-f]{64}\?filter=/);
  await page.goBack();
  await ready(page);
  await expectSoon(() => standing(page)).toEqual(before);
  await o.close();
});

test("nothing matches: dropping the one term that is in the way is a key away", async () => {
  const o = await open(b, served);
  const { page } = o;
  await o.to("media?filter=type:photo+tag:nobody-gave-this");
  const drop = page.getByRole("button", { name: /Without tag:nobody-gave-this/ });
  await drop.waitFor();
  await drop.focus();
  await press(page, "Enter");
  await page.locator(`${list} [data-active]`).waitFor();
  expect(new URL(page.url()).searchParams.get("filter")).toBe("type:photo");
  await o.close();
});

test("completion writes the filter, and a mistyped key is named", async () => {
  const o = await open(b, served);
  const { page } = o;
  await o.to("media");
  await press(page, "/");
  await page.keyboard.type("typ");
  await page.getByRole("option", { name: /type:/ }).waitFor();
  await press(page, "ArrowDown", "Enter");
  await page.getByRole("option", { name: "video", exact: true }).waitFor();
  await page.keyboard.type("vid");
  await expectSoon(() => page.locator("ul[role=listbox] [role=option]").count()).toBe(1);
  await press(page, "ArrowDown", "Enter");
  await page.waitForURL(/filter=type%3Avideo/);
  await page.getByRole("combobox").fill("sorce:a");
  await press(page, "Enter");
  await told(page, /did you mean source:/);
  await o.close();
});

test("menus and the filter say the same, and a filter is kept under a name", async () => {
  const o = await open(b, served);
  const { page } = o;
  await o.to("media");
  await page.getByRole("button", { name: "Type" }).click();
  await page.getByRole("menuitemcheckbox", { name: /Videos/ }).click();
  await page.waitForURL(/filter=type%3Avideo/);
  await expectSoon(() => page.getByRole("combobox").inputValue()).toBe("type:video");
  const videos = await standing(page);
  await page.getByRole("button", { name: "Saved filters" }).click();
  await page.getByRole("menuitem", { name: "Save this filter" }).click();
  await page.keyboard.type("All videos");
  await press(page, "Enter");
  await page.getByRole("button", { name: "Clear the filter" }).click();
  await page.waitForURL((url) => !url.search.includes("filter"));
  await page.getByRole("button", { name: "Saved filters" }).click();
  await page.getByRole("menuitemcheckbox", { name: "All videos" }).click();
  await page.waitForURL(/filter=type%3Avideo/);
  await expectSoon(async () => (await standing(page)).of).toBe(videos.of);
  await o.close();
});

test.each([320, 720, 1024])("nothing is scrolled sideways in a window of %i px, and every item can be reached", async (width) => {
  const o = await open(b, served, { width, height: 720 });
  const { page } = o;
  for (const path of ["media", "media?view=list", "media?group=day", "media?filter=tag:nobody"]) {
    await o.to(path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBeLessThanOrEqual(0);
  }
  await o.to("media");
  await page.locator(`${list} [data-active]`).waitFor();
  await press(page, "End");
  await expectSoon(async () => (await standing(page)).at).toBe((await standing(page)).of);
  await o.close();
});

test("a picture is seen after two deliberate keys, and no longer once the person moves on", async () => {
  const o = await open(b, served);
  const { page } = o;
  await o.to("media?filter=type:photo+problem:no");
  await page.locator(`${list} [data-active]`).waitFor();
  const sharp = page.locator("aside img[src*='/preview']");
  await press(page, "v");
  await page.getByRole("button", { name: /Grey, small/ }).waitFor();
  expect(await sharp.count()).toBe(0);
  await o.revealing(async () => {
    await press(page, "v");
    await sharp.waitFor();
  });
  await press(page, "ArrowRight", "ArrowLeft");
  await page.locator("aside img[src*='/soft']").waitFor();
  expect(await sharp.count()).toBe(0);
  await o.close();
});
