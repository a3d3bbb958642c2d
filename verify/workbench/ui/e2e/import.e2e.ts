// Import as a person does it without a mouse: a folder is chosen, what is known
// of it is said, it is read, held, let go on, and its outcome leads on.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { accessible, browser, exercise, open, press, ready, serve, themes, type Opened, type Served } from "./harness";

let b: Browser;
let s: Served;
let folder: string; // of media, with one that cannot be read
let many: string; // of as many as keep a scan busy until it is held
let room: string;

beforeAll(async () => {
  b = await browser();
  s = await serve("");
  room = mkdtempSync(join(inject("scratch"), "import-"));
  folder = join(room, "phone \u202e of Ada");
  mkdirSync(folder);
  const from = join(dirname(exercise()), "sources");
  cpSync(join(from, "camera-originals"), join(folder, "a"), { recursive: true });
  cpSync(join(from, "loose-folder"), join(folder, "b"), { recursive: true });
  many = join(room, "many");
  mkdirSync(many);
  for (const name of readdirSync(join(folder, "b")).filter((n) => /\.jpe?g$/i.test(n)))
    for (let i = 0; i < 8; i++) writeFileSync(join(many, `${i} ${name}`), Buffer.concat([readFileSync(join(folder, "b", name)), Buffer.from(`another ${i}`)]));
  writeFileSync(join(folder, "broken.jpg"), "\xff\xd8\xff no picture follows");
});

afterAll(async () => {
  await b?.close();
  await s?.stop();
});

// fresh makes an empty case and opens its import.
async function fresh(o: Opened, name: string): Promise<string> {
  const made = await o.page.evaluate(
    async (body) => (await fetch("/api/cases/create", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })).json(),
    { dir: room, name },
  );
  await o.to(`/c/${made.id}/import`);
  return made.id as string;
}

// tabTo goes on with Tab until something of that name has the focus.
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement as HTMLElement | null;
      const label = e?.id ? document.querySelector(`label[for="${CSS.escape(e.id)}"]`)?.textContent : "";
      return e?.getAttribute("aria-label") || label || e?.textContent || "";
    });
    if (name.test(at)) return;
  }
  throw new Error(`nothing named ${name} can be reached with Tab`);
}

test("a folder is imported with the keyboard alone", async () => {
  const o = await open(b, s);
  const id = await fresh(o, "keyboard");
  const { page } = o;
  await tabTo(page, /paste the path/);
  await page.keyboard.type(folder);
  await press(page, "Enter");
  await page.keyboard.type(many);
  await press(page, "Enter");
  await tabTo(page, /Name of the source/);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("phone-ada");
  await tabTo(page, /Zone of its clocks/);
  await page.keyboard.type("Europe/Kyiv");
  await tabTo(page, /How the files came here/);
  await page.keyboard.type("handed over on a stick");
  await tabTo(page, /Read 2 folders/);
  await press(page, "Enter");

  await page.getByRole("heading", { name: /Looking through|Reading phone-ada|Beginning/ }).waitFor();
  await tabTo(page, /^Pause$/);
  await press(page, "Enter");
  await page.getByRole("heading", { name: "The scan waits" }).waitFor({ timeout: 60_000 });
  await accessible(page, "a scan that waits");
  await tabTo(page, /^Go on$/);
  await press(page, "Enter");
  await page.getByRole("heading", { name: "The scan is done" }).waitFor({ timeout: 120_000 });

  const outcome = await page.locator("[data-state=done] [role=status]").innerText();
  expect(outcome).toMatch(/\d+ new · \d+ already known · \d+ unreadable/);
  await page.reload();
  await ready(page);
  expect(await page.getByRole("heading", { name: "The scan is done" }).count()).toBe(1);
  const known = page.locator("#sources li");
  expect(await known.count()).toBe(2);
  expect(await known.filter({ hasText: "phone-ada" }).innerText()).toMatch(/Europe\/Kyiv[^]*handed over on a stick/);

  await tabTo(page, /Open gallery/);
  await press(page, "Enter");
  await page.waitForURL(`**/c/${id}/media`);
  await o.close();
});

test("what cannot be read is told by cause, with what it is called shown openly", async () => {
  const o = await open(b, s);
  await fresh(o, "causes");
  const { page } = o;
  await page.getByLabel(/paste the path/).fill(folder);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  expect(await page.locator("main").innerText()).toContain("⟨U+202E⟩");
  await page.getByLabel(/Name of the source/).fill("phone");
  await page.getByRole("button", { name: "Read 1 folder" }).click();
  await page.getByRole("heading", { name: "The scan is done" }).waitFor({ timeout: 120_000 });
  const causes = page.locator("details");
  expect(await causes.count()).toBeGreaterThan(0);
  await causes.first().locator("summary").click();
  expect(await page.locator("main").innerText()).toContain("phone/");
  await o.close();
});

test("a path that is none, a folder twice and a name twice are refused in place", async () => {
  const o = await open(b, s);
  await fresh(o, "refused");
  const { page } = o;
  const path = page.getByLabel(/paste the path/);
  await path.fill("phone");
  await press(page, "Enter");
  await page.getByText(/Give the whole path/).waitFor();
  await path.fill(folder);
  await press(page, "Enter");
  await path.fill(folder + "/");
  await press(page, "Enter");
  await page.getByText(/in the list already/).waitFor();
  await path.fill(join(room, "not there"));
  await press(page, "Enter");
  await page.getByRole("button", { name: "Read 2 folders" }).click();
  await page.getByText(/no folder/).first().waitFor();
  await o.close();
});

for (const theme of themes)
  test(`import breaks no rule of accessibility, ${theme}`, async () => {
    const o = await open(b, s, { theme });
    await fresh(o, `states-${theme}`);
    const { page } = o;
    await accessible(page, `empty import, ${theme}`);
    await page.getByLabel(/paste the path/).fill(folder);
    await press(page, "Enter");
    await accessible(page, `a chosen folder, ${theme}`);
    await page.getByRole("button", { name: "Choose a folder" }).click();
    await page.getByRole("dialog").waitFor();
    await accessible(page, `choosing a folder, ${theme}`);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Read 1 folder" }).click();
    await page.getByRole("row", { name: /Hashed/ }).waitFor();
    await accessible(page, `a scan that runs, ${theme}`);
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByRole("heading", { name: /stopped|done/ }).waitFor({ timeout: 60_000 });
    await accessible(page, `a scan that was stopped, ${theme}`);
    await o.close();
  });
