// Every screen, light and dark, at the widths that the specification names: it
// stands, breaks no rule of WCAG 2.2 A and AA, asks nobody else for anything,
// and asks for no sharp picture (the watches of the harness).
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { everyScreen } from "./asking";
import { accessible, browser, exercise, open, serve, themes, type Served } from "./harness";

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

for (const theme of themes)
  test(`every screen, ${theme}`, async () => {
    const o = await open(b, s, { theme });
    for (const [name, path] of Object.entries(await everyScreen(o))) {
      await o.to(path);
      await accessible(o.page, `${name}, ${theme}`);
      expect(await o.page.locator("main h1").count(), `${name} has one heading of the first level`).toBe(1);
    }
    await o.close();
  });

// 400 % zoom of a window of 1280 pixels is one of 320: nothing may need to be
// scrolled in two directions (WCAG 1.4.10).
for (const width of [1280, 1024, 720, 320])
  test(`every screen fits ${width} pixels`, async () => {
    const o = await open(b, s, { width, height: 720 });
    const wide: string[] = [];
    for (const [name, path] of Object.entries(await everyScreen(o))) {
      await o.to(path);
      const over = await o.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) wide.push(`${name}: ${over} pixels`);
    }
    expect(wide).toEqual([]);
    await o.close();
  });
