// Judging a pair: the same thing or not, by the keyboard alone.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ComparePage, Pairs } from "../src/api.gen";
import { ask } from "./asking";
import { compareAddress, first, item, pair, revealed } from "./finding";
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

const soon = { timeout: 20_000 };
const crop = (about: ComparePage) => about.shared?.a_to_b != null && about.a.kind === "image" && about.b.kind === "image";
const videos = (about: ComparePage) => (about.shared?.stretches.length ?? 0) > 0;
const looked = (o: Opened) => new URL(o.page.url()).searchParams;
const known = (o: Opened, a: string, b: string) => ask<ComparePage>(o, `/compare?${new URLSearchParams({ a, b })}`);

test("pairs are judged one after another, and a verdict is undone", async () => {
  const o = await open(b, s);
  const { page } = o;
  const { list } = await ask<Pairs>(o, "/pairs");
  expect(list.length).toBeGreaterThan(2);
  await o.to(compareAddress(list[0]!));
  await page.getByText(`pair 1 of ${list.length}`).waitFor();
  await press(page, "a");
  await page.getByText(`pair 2 of ${list.length}`).waitFor(); // on to the next
  await expect.poll(async () => (await known(o, list[0]!.a, list[0]!.b)).verdict?.said, soon).toBe("same-image");
  await press(page, "u");
  await page.getByText(`pair 3 of ${list.length}`).waitFor();
  await press(page, "PageUp", "PageUp");
  await page.getByText(`pair 1 of ${list.length}`).waitFor();
  await page.getByText("Ada Example said: Same image").waitFor();
  await press(page, "o"); // a later word goes before the earlier one
  await page.getByText(`pair 2 of ${list.length}`).waitFor();
  await expect.poll(async () => (await known(o, list[0]!.a, list[0]!.b)).verdict?.said, soon).toBe("same-scene");
  await press(page, "Control+z");
  await expect.poll(async () => (await known(o, list[0]!.a, list[0]!.b)).verdict?.said, soon).toBe("same-image");
  await o.close();
});

test("one reveal covers both, B lies on A, and looking closer moves both", async () => {
  const o = await open(b, s);
  const { page } = o;
  await o.to(compareAddress(await pair(o, crop)));
  await o.revealing(async () => {
    await revealed(page);
    expect(await page.evaluate(() => [...document.images].filter((i) => /\/preview|\/original/.test(i.src)).length)).toBe(2);
    await press(page, "+", "+");
    await expect.poll(() => places(o), soon).not.toContain("scale(1)"); // both
    await press(page, "2");
    expect(looked(o).get("mode")).toBe("slider");
    await expect.poll(() => page.evaluate(() => [...document.querySelectorAll("*")].some((e) => (e as HTMLElement).style?.getPropertyValue("--lay").startsWith("matrix3d"))), soon).toBe(true);
    await press(page, "4");
    expect(await page.evaluate(() => [...document.querySelectorAll("*")].some((e) => getComputedStyle(e).mixBlendMode === "difference"))).toBe(true);
    await press(page, "3");
    await page.getByText("Shown: A").waitFor();
    await page.keyboard.down("Space");
    await page.getByText("Shown: B").waitFor();
    await page.keyboard.up("Space");
    await page.getByText("Shown: A").waitFor();
    await press(page, "Escape");
  });
  await expect.poll(() => page.evaluate(() => [...document.images].every((i) => /soft/.test(i.src))), soon).toBe(true);
  await o.close();
});

// places are the transforms of the pictures' windows.
async function places(o: Opened): Promise<string> {
  return o.page.evaluate(() => [...document.querySelectorAll<HTMLElement>("*")].map((e) => e.style?.getPropertyValue("--place") ?? "").join(" "));
}

test("a region's twin lights up when it has the focus", async () => {
  const o = await open(b, s);
  await o.to(compareAddress(await pair(o, crop)));
  await o.page.getByRole("button", { name: /what both show/ }).focus();
  expect(await o.page.locator("g[data-lit]").count()).toBe(2);
  await press(o.page, "r");
  expect(await o.page.locator("g[data-lit]").count()).toBe(0);
  await o.close();
});

test("A and B change places, and their metadata differ by numbers", async () => {
  const o = await open(b, s);
  const p = await pair(o, (about) => about.differences.some((d) => d.what === "width"));
  await o.to(compareAddress(p));
  const row = o.page.getByRole("row", { name: /^width/ });
  const one = await row.innerText();
  await press(o.page, "s");
  await expect.poll(() => looked(o).get("a"), soon).toBe(p.b);
  await expect.poll(() => row.innerText(), soon).not.toBe(one);
  expect(one.includes("−") !== (await row.innerText()).includes("−")).toBe(true);
  await o.close();
});

test("two videos are gone through moment by moment", async () => {
  const o = await open(b, s);
  await o.to(compareAddress(await pair(o, videos)));
  await o.page.getByText(/^Moment 1 of \d+$/).waitFor();
  const times = o.page.getByText(/^A at .* B at /);
  const before = await times.innerText();
  await o.page.getByRole("button", { name: "Later moment" }).focus();
  await press(o.page, "Enter");
  await o.page.getByText(/^Moment 2 of \d+$/).waitFor();
  expect(await times.innerText()).not.toBe(before);
  await o.close();
});

test("two that share nothing are looked at anew, and nothing is claimed of it", async () => {
  const o = await open(b, s);
  await o.to(compareAddress({ a: await item(o, "type:image"), b: await item(o, "type:video") }));
  await o.page.getByText("No shared region found. That does not prove they differ.").waitFor();
  await o.page.getByRole("button", { name: "Look at the originals now" }).focus();
  await press(o.page, "Enter");
  await o.page.getByText("The originals were compared just now.").waitFor({ timeout: 90_000 });
  await o.close();
}, 120_000);

for (const theme of themes)
  test(`nothing stands in the way of anybody, ${theme}`, async () => {
    const o = await open(b, s, { theme });
    const places = { still: await pair(o, crop), videos: await pair(o, videos), first: await first(o) };
    for (const [name, p] of Object.entries(places))
      for (const mode of ["side", "slider", "flicker", "difference"]) {
        await o.to(compareAddress(p, { mode }));
        await press(o.page, "e");
        await accessible(o.page, `comparing ${name} by ${mode}, ${theme}`);
      }
    await o.to("compare");
    await accessible(o.page, `nothing to compare, ${theme}`);
    await o.close();
  });
