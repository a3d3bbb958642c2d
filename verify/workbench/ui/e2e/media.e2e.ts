// The page of one item: everything that is known of it, by the keyboard alone.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MediaPage } from "../src/api.gen";
import { ask } from "./asking";
import { item, pictured, revealed } from "./finding";
import { accessible, browser, exercise, open, press, serve, themes, type Opened, type Served } from "./harness";

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

const photo = "type:image has:place";
const soon = { timeout: 15_000 };
const shown = (o: Opened) => new URL(o.page.url()).pathname.split("/").at(-1)!;
const known = (o: Opened) => ask<MediaPage>(o, `/media/${shown(o)}`);

async function onItem(filter: string, query = ""): Promise<Opened> {
  const o = await open(b, s);
  await o.to(`media/${await item(o, filter)}${query}`);
  return o;
}

test("items are gone through under the gallery's filter, and its place is kept", async () => {
  const o = await onItem(photo, `?${new URLSearchParams({ filter: photo })}`);
  const place = o.page.getByRole("link", { name: /^\d+ of \d+$/ });
  const of = (await place.innerText()).split(" ").at(-1);
  expect(await place.innerText()).toBe(`1 of ${of}`);
  const first = shown(o);
  await press(o.page, "ArrowRight");
  await o.page.getByRole("link", { name: `2 of ${of}` }).waitFor();
  expect(shown(o)).not.toBe(first);
  await press(o.page, "ArrowLeft");
  await o.page.getByRole("link", { name: `1 of ${of}` }).waitFor();
  expect(shown(o)).toBe(first);
  expect(await place.getAttribute("href")).toContain(encodeURIComponent("type:image").replace("%20", "+"));
  await o.close();
});

test("an item is marked, warned of, noted, tagged and described, and all is undone", async () => {
  const o = await onItem(photo);
  const { page } = o;
  await press(page, "w");
  await expect.poll(async () => (await known(o)).card.warning, soon).toBe("moderate");
  await page.getByText("Warning: moderate").first().waitFor(); // the next level follows from what is shown
  await press(page, "w");
  await expect.poll(async () => (await known(o)).card.warning, soon).toBe("severe");
  await press(page, "n");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.type("Two cars <b>left</b> of the gate");
  await press(page, "Control+Enter");
  await page.getByText("Two cars <b>left</b> of the gate").first().waitFor();
  await press(page, "t");
  await page.getByLabel("Add tags").focus();
  await page.keyboard.type("smoke, two  cars");
  await press(page, "Enter");
  await expect.poll(async () => (await known(o)).card.tags, soon).toEqual(["smoke", "two cars"]);
  for (let i = 0; i < 4; i++) {
    await press(page, "Control+z");
    await page.waitForTimeout(400);
  }
  await expect.poll(async () => (await known(o)).card.tags.length + (await known(o)).said.notes.length, soon).toBe(0);
  expect(await page.getByText("taken back").count()).toBeGreaterThan(0); // it stays in the history
  await o.close();
});

test("setting aside goes on to the next item, as the person chose", async () => {
  const o = await onItem(photo);
  const first = shown(o);
  await press(o.page, "x");
  await expect.poll(() => shown(o), soon).not.toBe(first);
  expect((await ask<MediaPage>(o, `/media/${first}`)).card.set_aside).toBe(true);
  await press(o.page, "Control+z");
  await expect.poll(async () => (await ask<MediaPage>(o, `/media/${first}`)).card.set_aside, soon).toBe(false);
  await o.close();
});

test("a place is confirmed with reason and evidence, and says by whom", async () => {
  const o = await onItem(photo);
  const { page } = o;
  await page.getByRole("button", { name: "Confirm a place" }).focus();
  await press(page, "Enter");
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await dialog.getByRole("button", { name: "Confirm the place" }).focus();
  await press(page, "Enter");
  await dialog.getByText("Say why").waitFor(); // not without a reason
  await dialog.getByRole("button", { name: "building matches" }).focus();
  await press(page, "Space");
  await dialog.getByLabel("What it rests on").focus();
  await page.keyboard.type("the tower in the upper left");
  await dialog.getByRole("button", { name: "Confirm the place" }).focus();
  await press(page, "Enter");
  await dialog.waitFor({ state: "detached" });
  await expect.poll(async () => (await known(o)).said.place?.by, soon).toBe("Ada Example");
  await page.getByText("the tower in the upper left").waitFor();
  await o.close();
});

test("a video is stepped frame by frame with exact times, and nothing sharp is asked for", async () => {
  const o = await onItem("type:video");
  const { page } = o;
  const clock = page.locator("output", { hasText: " of 0:" });
  expect(await clock.innerText()).toMatch(/^0:00\.000 of 0:/);
  await press(page, ".");
  await expect.poll(() => clock.innerText(), soon).not.toMatch(/^0:00\.000/);
  const first = await clock.innerText();
  await press(page, ".");
  await expect.poll(() => clock.innerText(), soon).not.toBe(first);
  await press(page, ",");
  await expect.poll(() => clock.innerText(), soon).toBe(first);
  await press(page, "l"); // what is softened does not play
  await page.getByText("Reveal the video first").waitFor();
  await o.close();
});

test("a revealed video flows without sound, and stands still on a frame", async () => {
  const o = await onItem("type:video");
  const { page } = o;
  const video = page.locator("video");
  await o.revealing(async () => {
    await revealed(page);
    expect(await video.count()).toBe(0); // never by itself
    await press(page, "l");
    await video.waitFor();
    expect(await video.evaluate((v: HTMLVideoElement) => [v.muted, v.autoplay, v.loop])).toEqual([true, false, false]);
    await press(page, "Shift+M");
    await page.getByText("no sound that could be read").waitFor();
    await press(page, "k");
    await video.waitFor({ state: "detached" });
    await page.getByText("still", { exact: true }).waitFor();
  });
  await o.close();
});

test("a picture is revealed step by step, looked at closely, and softened again", async () => {
  const o = await onItem(photo);
  const { page } = o;
  await o.revealing(async () => {
    await revealed(page);
    await press(page, "+", "+");
    await page.getByRole("group", { name: "The picture, enlarged" }).waitFor();
    await page.getByRole("button", { name: "Move left" }).waitFor(); // no drag is needed
    await press(page, "0");
    await press(page, "Escape");
    await pictured(page);
  });
  expect(await page.evaluate(() => [...document.images].every((i) => /soft/.test(i.src)))).toBe(true);
  await o.close();
});

test("metadata are searched, and copies and the reasons are a key away", async () => {
  const o = await onItem(photo);
  const { page } = o;
  await page.getByLabel("Search the metadata").focus();
  await page.keyboard.type("datetimeoriginal");
  await page.getByText(/^\d+ of \d+$/).last().waitFor();
  expect(await page.getByRole("rowheader").count()).toBeGreaterThan(0);
  await press(page, "Escape");
  await page.getByRole("heading", { name: "Metadata" }).focus();
  await press(page, "d");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Copies");
  await press(page, "e");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Times");
  await o.close();
});

for (const theme of themes)
  test(`nothing stands in the way of anybody, ${theme}`, async () => {
    const o = await open(b, s, { theme });
    for (const filter of [photo, "type:video", "has:problem", "copies:>1"]) {
      await o.to(`media/${await item(o, filter)}`);
      await press(o.page, "e");
      await accessible(o.page, `the media page of ${filter}, ${theme}`);
    }
    for (const name of ["Confirm a time", "Confirm a place", "Tags", "Note", "Describe"]) {
      await o.page.getByRole("button", { name }).first().click();
      await o.page.getByRole("dialog").waitFor();
      await accessible(o.page, `${name}, ${theme}`);
      await press(o.page, "Escape");
    }
    await o.to(`media/${"0".repeat(64)}`);
    await o.page.getByRole("alert").waitFor();
    await accessible(o.page, `a missing item, ${theme}`);
    await o.close();
  });
