// The overview, its map and its timeline: with the keyboard alone, as tables,
// and without a picture.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessible, browser, exercise, open, press, serve, themes, type Served } from "./harness";

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

const map = (page: Page) => page.getByRole("application", { name: /Where everything was/ });
const timeline = (page: Page) => page.getByRole("application", { name: /When everything was/ });

for (const theme of themes)
  test(`the overview stands, drawn and as tables, ${theme}`, async () => {
    const o = await open(b, s, { theme });
    await o.to("");
    await accessible(o.page, `overview, ${theme}`);
    expect(await o.page.locator("main img, main video").count()).toBe(0);
    await o.page.getByRole("button", { name: "Table", exact: true }).first().click();
    expect(await o.page.getByRole("region", { name: /everything was/ }).count()).toBeGreaterThanOrEqual(2);
    expect(await map(o.page).count()).toBe(0);
    await accessible(o.page, `overview as tables, ${theme}`);
    await o.close();
  });

test("the map answers keys, and its marks can be reached and opened with them", async () => {
  const o = await open(b, s);
  await o.to("");
  const { page } = o;
  await map(page).focus();
  const middle = page.getByText(/^Middle: /);
  const before = await middle.innerText();
  await press(page, "ArrowRight", "ArrowUp");
  expect(await middle.innerText()).not.toBe(before);
  await press(page, "0");
  expect(await middle.innerText()).toBe(before);
  await press(page, "+");
  await press(page, "-", "0");

  await press(page, "Tab");
  const first = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  await press(page, "ArrowRight");
  const second = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  expect(await page.evaluate(() => document.activeElement?.closest("[role=application]") !== null)).toBe(true);
  expect([first, second]).not.toContain(null);
  for (let i = 0; i < 12 && !page.url().includes("/media/"); i++) {
    await press(page, "Enter");
    await page.waitForTimeout(100);
    if (await page.getByRole("button", { name: "Close", exact: true }).count()) await press(page, "Tab");
    else if (!page.url().includes("/media/") && !(await page.evaluate(() => document.activeElement?.matches("[role=application] [role=button]")))) {
      await map(page).focus();
      await press(page, "Tab");
    }
  }
  expect(page.url()).toContain("/media/");
  await o.close();
});

test("the timeline zooms and moves by keys", async () => {
  const o = await open(b, s);
  await o.to("");
  const { page } = o;
  await timeline(page).focus();
  const axis = () => page.locator("section[aria-label='When everything was'] svg[aria-hidden=true]").last().textContent();
  const before = await axis();
  await press(page, "+", "+", "+");
  const near = await axis();
  expect(near).not.toBe(before);
  await press(page, "PageUp");
  expect(await axis()).not.toBe(near);
  await o.close();
});

test("each number leads to the files that it counts", async () => {
  const o = await open(b, s);
  await o.to("");
  const { page } = o;
  const link = page.getByRole("link", { name: /without any time/ });
  const n = Number((await link.innerText()).replace(/\D/g, ""));
  const counted = await page.evaluate(
    async ({ id }) => (await (await fetch(`/api/case/${id}/gallery?filter=${encodeURIComponent("-has:time setaside:any")}`)).json()).total,
    { id: o.caseID },
  );
  expect(counted).toBe(n);
  await link.click();
  await page.waitForURL(/media\?filter=-has%3Atime/);
  await o.close();
});
