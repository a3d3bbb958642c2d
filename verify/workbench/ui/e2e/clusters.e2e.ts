// Settling groups of copies, by the keyboard alone.
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

async function onClusters(options: Parameters<typeof open>[2] = {}, path = "clusters"): Promise<Opened> {
  const o = await open(b, s, options);
  await o.to(path);
  await o.page.waitForSelector("[role=tree]");
  return o;
}

test("a group is settled and the choice undone without a mouse", async () => {
  const o = await onClusters();
  const { page } = o;
  const first = shown(o);
  const waits = Number((await page.getByText(/\d+ waits? for you/).first().innerText()).split(" ")[0]);
  expect(waits).toBeGreaterThan(2);

  await press(page, "ArrowRight"); // to the next copy of the tree
  expect(new URL(page.url()).searchParams.get("item")).toMatch(/^[0-9a-f]{64}$/);
  await press(page, "a");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.type("has the most of the picture");
  await press(page, "Control+Enter");
  await page.getByText("1 settled").first().waitFor();
  await expect.poll(() => shown(o), soon).not.toBe(first); // went on to the next that waits

  await press(page, "Control+z");
  await page.getByText("0 settled").first().waitFor();
  await o.close();
});

test("a wrong copy is taken out with a reason, and put back", async () => {
  const o = await onClusters({}, "clusters?sort=copies");
  const { page } = o;
  const before = await page.getByRole("treeitem").count();
  await press(page, "ArrowRight", "o");
  await page.waitForSelector("dialog[open]");
  await page.getByRole("dialog").getByLabel("Reason", { exact: true }).focus();
  await page.keyboard.type("another shot of the place");
  await press(page, "Control+Enter");
  await page.getByRole("heading", { name: "Taken out" }).waitFor();
  expect(await page.getByRole("treeitem").count()).toBeLessThan(before);
  await page.getByRole("button", { name: "Put back" }).first().focus();
  await press(page, "Enter");
  await expect.poll(() => page.getByRole("treeitem").count(), soon).toBe(before);
  await o.close();
});

test("where a person was, is kept in the address", async () => {
  const o = await onClusters({}, "clusters?sort=sources&show=open");
  await press(o.page, "ArrowDown", "ArrowDown");
  const there = o.page.url();
  await o.page.reload();
  await o.page.waitForSelector("[role=tree]");
  expect(o.page.url()).toBe(there);
  expect(await o.page.getByRole("option", { selected: true }).count()).toBe(1);
  await o.close();
});

test("the screen fills the window and no more", async () => {
  const o = await onClusters();
  const over = () => o.page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  expect(await over()).toBeLessThanOrEqual(0);
  await press(o.page, "ArrowRight", "ArrowRight", "ArrowRight");
  expect(await o.page.evaluate(() => scrollY)).toBe(0);
  await o.close();
});

for (const theme of themes)
  test(`nobody is kept out of the clusters, ${theme}`, async () => {
    const o = await onClusters({ theme });
    await accessible(o.page, "clusters");
    await press(o.page, "ArrowRight", "a");
    await o.page.waitForSelector("dialog[open]");
    await accessible(o.page, "the question why");
    await press(o.page, "Escape");
    await o.to("clusters?show=settled");
    await accessible(o.page, "clusters, none");
    await o.page.route(/\/api\/case\/.*\/clusters/, (r) => r.fulfill({ status: 500, json: { error: "The case cannot be read.", hint: "Try again.", safe: "" } }));
    await o.to("clusters");
    await o.page.getByRole("alert").waitFor();
    await accessible(o.page, "clusters, failed");
    await o.close();
  });
