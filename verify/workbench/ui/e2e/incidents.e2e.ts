// Deciding on incidents, by the keyboard alone, and a board of thousands.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessible, browser, exercise, open, press, serve, themes, type Opened, type Served } from "./harness";

let b: Browser;
let s: Served;

beforeAll(async () => {
  b = await browser();
  s = await serve(exercise());
});

afterAll(async () => {
  await b.close();
  await s.stop();
});

const soon = { timeout: 20_000 }; // the incidents are made anew meanwhile
const shown = (o: Opened) => new URL(o.page.url()).pathname.split("/").at(-1);

async function onBoard(options: Parameters<typeof open>[2] = {}, path = "incidents?sort=sources"): Promise<Opened> {
  const o = await open(b, s, options);
  await o.to(path);
  await o.page.waitForSelector("[role=listbox][aria-multiselectable]");
  return o;
}

async function decide(o: Opened, reason: string): Promise<void> {
  const dialog = o.page.getByRole("dialog").last();
  await dialog.getByLabel("Reason", { exact: true }).focus();
  await o.page.keyboard.type(reason);
  await press(o.page, "Control+Enter");
}

test("an incident is confirmed, another one split, and both undone, without a mouse", async () => {
  const o = await onBoard();
  const { page } = o;
  const first = shown(o);
  await press(page, "a");
  await page.waitForSelector("dialog[open]");
  await decide(o, "place and time match");
  await page.getByRole("button", { name: "1 confirmed" }).waitFor();
  await expect.poll(() => shown(o), soon).not.toBe(first); // went on to the next candidate
  await page.waitForSelector("[role=listbox][aria-multiselectable]");
  await expect.poll(() => page.getByText("candidate", { exact: true }).count(), soon).toBeGreaterThan(0);

  const split = shown(o);
  const all = Number((await page.getByRole("button", { name: /^All \d+/ }).innerText()).replace(/\D/g, ""));
  await press(page, "s");
  await page.waitForSelector("dialog[open]");
  await press(page, "ArrowDown", "ArrowRight"); // the second member goes to the other side
  await page.getByText("Seen from what stays").or(page.getByText("What ties the two sides together")).first().waitFor();
  await page.getByRole("button", { name: "Split 1 off…" }).focus();
  await press(page, "Enter");
  await page.getByRole("dialog").nth(1).waitFor();
  await decide(o, "the second strike");
  await expect.poll(async () => Number((await page.getByRole("button", { name: /^All \d+/ }).innerText()).replace(/\D/g, "")), soon).toBe(all + 1);
  expect(shown(o)).toBe(split);

  await press(page, "Control+z");
  await expect.poll(async () => Number((await page.getByRole("button", { name: /^All \d+/ }).innerText()).replace(/\D/g, "")), soon).toBe(all);
  await press(page, "Control+z");
  await page.getByRole("button", { name: "0 confirmed" }).waitFor();
  await o.close();
});

test("map, timeline and members are one selection", async () => {
  const o = await onBoard();
  const { page } = o;
  await press(page, "ArrowRight");
  const item = new URL(page.url()).searchParams.get("item");
  const current = page.locator("[role=option][data-current]");
  expect(await current.count()).toBe(1);
  await press(page, "Space");
  expect(new URL(page.url()).searchParams.getAll("sel")).toEqual([item?.slice(0, 12)]);
  await press(page, "Shift+ArrowRight");
  expect(new URL(page.url()).searchParams.getAll("sel")).toHaveLength(2);
  await page.reload();
  await page.getByText("2 selected").waitFor();
  await o.close();
});

test("merging shows both whys and what clashes before it asks", async () => {
  const o = await onBoard();
  const { page } = o;
  await press(page, "m");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.type("2025");
  const offers = page.getByRole("dialog").getByRole("list", { name: "Choose the other incident" }).getByRole("button");
  await expect.poll(() => offers.count(), soon).toBeGreaterThan(3);
  await offers.last().focus();
  await press(page, "Enter");
  await page.getByText("The joined incident bears the name").waitFor();
  await page.getByRole("heading", { name: "What clashes" }).waitFor();
  await press(page, "Escape");
  expect(await page.getByRole("dialog").count()).toBe(0);
  await o.close();
});

test("what might belong is added by its key, and taken back", async () => {
  const o = await onBoard({}, "incidents?sort=confidence");
  const { page } = o;
  await page.getByRole("option").filter({ hasText: "I-04b250" }).click();
  await page.getByRole("heading", { name: "Might belong" }).waitFor();
  for (let i = 0; i < 20 && (await page.locator("li[data-current] >> text=Add…").count()) === 0; i++) await press(page, "ArrowRight");
  await press(page, "i");
  await page.waitForSelector("dialog[open]");
  await decide(o, "the same slope");
  await page.getByRole("button", { name: "Undo" }).waitFor();
  await press(page, "Control+z");
  await page.getByRole("heading", { name: "Might belong" }).waitFor();
  await o.close();
});

test("a board of 2,000 incidents stays light", async () => {
  const o = await open(b, s);
  const { page } = o;
  await page.route(/\/api\/case\/[^/]+\/incidents(\?|$)/, async (r) => {
    const answer = await r.fetch();
    const body = (await answer.json()) as { incidents: { id: string }[]; candidates: number };
    const one = body.incidents[0]!;
    body.incidents = Array.from({ length: 2000 }, (_, i) => (i < body.incidents.length ? body.incidents[i]! : { ...one, id: `I-${i.toString(16).padStart(6, "f")}` }));
    body.candidates = 2000;
    await r.fulfill({ json: body });
  });
  await o.to("incidents");
  await page.waitForSelector("[role=listbox][aria-multiselectable]");
  const list = page.getByRole("listbox", { name: "Incidents" });
  for (let i = 0; i < 20; i++) await list.evaluate((e) => e.scrollBy(0, 7000));
  await page.waitForTimeout(200);
  expect(await page.evaluate(() => document.querySelectorAll("main *").length)).toBeLessThan(1000);
  expect(await list.getByRole("option").first().getAttribute("aria-setsize")).toBe("2000");
  await o.close();
});

test("the screen fills the window and no more", async () => {
  const o = await onBoard();
  const over = () => o.page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  expect(await over()).toBeLessThanOrEqual(0);
  await press(o.page, "ArrowRight", "ArrowRight", "ArrowRight");
  expect(await o.page.evaluate(() => scrollY)).toBe(0);
  await o.close();
});

for (const theme of themes)
  test(`nobody is kept out of the board, ${theme}`, async () => {
    const o = await onBoard({ theme });
    const { page } = o;
    await accessible(page, "incidents");
    for (const [key, what] of [["s", "split"], ["m", "merge"], ["e", "explain"], ["a", "confirm"]] as const) {
      await press(page, key);
      await page.waitForSelector("dialog[open]");
      await page.waitForTimeout(400);
      await accessible(page, what);
      await press(page, "Escape");
    }
    await o.to("incidents?changes=1");
    await accessible(page, "changes");
    await page.route(/\/api\/case\/.*\/incidents/, (r) => r.fulfill({ status: 500, json: { error: "The case cannot be read.", hint: "Try again.", safe: "" } }));
    await o.to("incidents");
    await page.getByRole("alert").waitFor();
    await accessible(page, "incidents, failed");
    await o.close();
  });
