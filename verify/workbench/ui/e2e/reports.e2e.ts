// Reports and exports: a dossier is made, looked at and written with the
// keyboard alone, and what is written is what was shown.
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { HandOnChoices } from "../src/api.gen";
import { ask } from "./asking";
import { accessible, browser, exercise, open, press, ready, serve, themes, type Served } from "./harness";
import { tabTo } from "./keyboard";

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

async function made(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Write into a folder" }).waitFor({ timeout: 60_000 });
  await ready(page);
}

test("a dossier is exported with the keyboard alone", async () => {
  const o = await open(b, s);
  const { page } = o;
  const { incidents } = await ask<HandOnChoices>(o, "/reports");
  await o.to("reports");
  await page.getByText("Names nobody who worked on it.").waitFor(); // said before anything is made
  await tabTo(page, "input", "All of it");
  await press(page, "ArrowDown");
  await tabTo(page, "input", incidents[0]!.id);
  await press(page, "Space");
  await tabTo(page, "button", "Make the preview");
  await press(page, "Enter");
  await made(page);

  // the preview is the file: sandboxed, about this incident
  const frame = page.frameLocator("iframe");
  await frame.getByRole("heading", { level: 1 }).waitFor();
  expect(await frame.locator("body").innerText()).toContain(incidents[0]!.id);
  expect(await page.locator("iframe").getAttribute("sandbox")).toBe("");
  const digest = await page.locator("code").first().innerText();

  const folder = mkdtempSync(join(inject("scratch"), "written-"));
  await tabTo(page, "button", "Write into a folder");
  await press(page, "Enter");
  await page.getByRole("dialog").waitFor();
  await tabTo(page, "input", "Folder");
  await press(page, "Control+a");
  await page.keyboard.type(folder);
  await press(page, "Enter");
  await page.getByRole("heading", { name: "It is written" }).waitFor();
  const path = await page.getByRole("dialog").locator("code").innerText();
  const file = readFileSync(path);
  expect(createHash("sha256").update(file).digest("hex")).toBe(digest);
  expect(path.startsWith(folder)).toBe(true);

  // a second time it is refused, and what is there stays
  await tabTo(page, "button", "Close");
  await press(page, "Enter");
  writeFileSync(path, "mine");
  await tabTo(page, "button", "Write into a folder");
  await press(page, "Enter");
  await tabTo(page, "input", "Folder");
  await press(page, "Control+a");
  await page.keyboard.type(folder);
  await press(page, "Enter");
  await page.getByRole("alert").waitFor();
  expect(await page.getByRole("dialog").innerText()).toContain("nothing is ever written over");
  expect(readFileSync(path, "utf8")).toBe("mine");
  await o.close();
});

test("what is left out is nowhere in the file", async () => {
  const o = await open(b, s);
  const { page } = o;
  const { sources } = await ask<HandOnChoices>(o, "/reports");
  await o.to("reports?names=1&captions=1&places=1");
  await page.getByRole("button", { name: "Make the preview" }).click();
  await made(page);
  const text = await page.frameLocator("iframe").locator("body").innerText();
  for (const source of sources) expect(text).not.toContain(source + "/");
  expect(text).toContain("source-1/item-");
  expect(text).toContain("What is left out");
  expect(text).not.toMatch(/\d{2}\.\d{3,}°/);

  // what is chosen afterwards makes the preview stale: it cannot be written
  await page.getByRole("checkbox", { name: /^Names of people/ }).check();
  await page.getByText("Something else was chosen").waitFor();
  expect(await page.getByRole("button", { name: "Write into a folder" }).isDisabled()).toBe(true);
  expect(new URL(page.url()).searchParams.get("people")).toBe("1");
  await o.close();
});

test("a sharp picture needs its tick, each time", async () => {
  const o = await open(b, s);
  const { page } = o;
  await o.to("reports?of=incidents");
  await page.getByText("Choose at least one incident.").waitFor();
  await page.getByRole("group").getByRole("checkbox").first().check();
  await page.getByRole("radio", { name: "some sharp" }).check();
  await page.getByRole("button", { name: "Make the preview" }).click();
  await made(page);
  await page.getByText("No sharp picture.").waitFor();
  await page.getByRole("group", { name: /Sharp pictures/ }).getByRole("checkbox").first().check();
  await page.getByRole("button", { name: "Make it anew" }).click();
  await page.getByText("1 sharp picture.").waitFor({ timeout: 60_000 });
  expect(page.url()).not.toContain("sharp");
  await page.reload();
  await ready(page);
  expect(await page.getByRole("radio", { name: "softened" }).isChecked()).toBe(true);
  await o.close();
});

test("a bag is written into a folder", async () => {
  const o = await open(b, s);
  const { page } = o;
  await o.to("reports?format=bagit");
  await page.getByRole("button", { name: "Make the preview" }).click();
  await made(page);
  await page.getByText("The original files with all that they say").waitFor();
  const folder = mkdtempSync(join(inject("scratch"), "bag-"));
  await page.getByRole("button", { name: "Write into a folder" }).click();
  await page.getByRole("textbox", { name: "Folder" }).fill(folder);
  await page.getByLabel("Name", { exact: true }).fill("bag");
  await page.getByRole("button", { name: "Write it" }).click();
  await page.getByRole("heading", { name: "It is written" }).waitFor({ timeout: 60_000 });
  expect(existsSync(join(folder, "bag", "bagit.txt"))).toBe(true);
  await o.close();
});

for (const theme of themes)
  test(`reports break no rule, ${theme}`, async () => {
    const o = await open(b, s, { theme });
    const { page } = o;
    await o.to("reports?of=incidents&public=1");
    await accessible(page, `the choices, ${theme}`);
    await page.getByRole("checkbox").first().check();
    await page.getByRole("radio", { name: "some sharp" }).check();
    await page.getByRole("button", { name: "Make the preview" }).click();
    await made(page);
    await accessible(page, `a preview, ${theme}`);
    await page.getByRole("button", { name: "Write into a folder" }).click();
    await accessible(page, `writing, ${theme}`);
    await o.to("reports?format=csv");
    await page.getByRole("button", { name: "Make the preview" }).click();
    await made(page);
    await accessible(page, `tables, ${theme}`);
    await page.route(/\/api\/case\/[^/]+\/reports$/, (r) => r.fulfill({ status: 500, json: { error: "the case cannot be read", hint: "", safe: "" } }));
    await o.to("reports");
    await page.getByRole("alert").waitFor();
    await accessible(page, `the error, ${theme}`);
    await o.close();
  });
