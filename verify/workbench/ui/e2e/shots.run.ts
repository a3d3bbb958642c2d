// Pictures of every screen in every state: build/screenshots. FIRSTHAND_SHOTS
// names screens to take alone, separated by commas.
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";
import { browser, exercise, open, ready, serve, themes, type Opened, type Served } from "./harness";

// Shot is one picture: how its state is reached from a fresh tab.
export interface Shot {
  name: string; // screen-state
  on?: "exercise" | "none"; // the case; none is the program without a case
  path: string | ((o: Opened) => Promise<string>); // as Opened.to takes it
  hold?: RegExp; // requests that are never answered: loading
  fail?: RegExp; // requests that fail: error
  reveal?: boolean; // the steps reveal a picture
  firstStart?: boolean;
  steps?: (page: Page, o: Opened) => Promise<void>;
}

const folder = resolve(import.meta.dirname, process.env["FIRSTHAND_SHOTS_DIR"] ?? "../../../../build/screenshots");
const sizes = [
  [1366, 768],
  [1920, 1080],
] as const;

const lists = import.meta.glob<{ shots: Shot[] }>("./shots/*.ts", { eager: true });
const only = (process.env["FIRSTHAND_SHOTS"] ?? "").split(",").filter((s) => s !== "");

let b: Browser;
let served: Partial<Record<"exercise" | "none", Served>> = {};

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  b = await browser();
});

afterAll(async () => {
  await b.close();
  for (const s of Object.values(served)) await s.stop();
});

for (const [file, { shots }] of Object.entries(lists)) {
  const screen = file.replace(/^.*\/|\.ts$/g, "");
  if (only.length > 0 && !only.includes(screen)) continue;
  for (const shot of shots)
    test(`${screen}: ${shot.name}`, async () => {
      const on = shot.on ?? "exercise";
      served[on] ??= await serve(on === "exercise" ? exercise() : "");
      for (const theme of themes) for (const [width, height] of sizes) await take(served[on], shot, theme, width, height);
    });
}

async function take(s: Served, shot: Shot, theme: (typeof themes)[number], width: number, height: number): Promise<void> {
  const o = await open(b, s, { theme, width, height, firstStart: shot.firstStart ?? false });
  const { page } = o;
  if (shot.hold) await page.route(shot.hold, () => new Promise(() => undefined));
  if (shot.fail) await page.route(shot.fail, (r) => r.fulfill({ status: 500, json: { error: "The case cannot be read: the disk does not answer.", hint: "Look whether the drive is still there, then try again.", safe: "Everything recorded before is safe." } }));
  const steps = async () => {
    const path = typeof shot.path === "string" ? shot.path : await shot.path(o);
    if (shot.hold) {
      await page.goto(s.origin + (path.startsWith("/") ? path : `/c/${o.caseID}${path === "" ? "" : "/" + path}`));
      await page.waitForTimeout(700);
    } else await o.to(path);
    await shot.steps?.(page, o);
    if (!shot.hold) await ready(page);
    await page.waitForTimeout(250);
    await page.screenshot({ path: `${folder}/${shot.name}-${width}-${theme}.png` });
  };
  await (shot.reveal ? o.revealing(steps) : steps());
  await o.close();
}
