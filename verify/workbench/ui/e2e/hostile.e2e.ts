// A case whose every text is an attack, on every screen: nothing of it runs,
// loads, turns the reading around or pushes the page out of its window. Made
// by fixtures/mkhostile.
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { ask, everyScreen } from "./asking";
import type { ClustersOut, Gallery, IncidentsOut } from "../src/api.gen";
import { accessible, browser, open, serve, type Opened, type Served } from "./harness";

let b: Browser;
let s: Served;

beforeAll(async () => {
  const room = join(mkdtempSync(join(inject("scratch"), "hostile-")), "made");
  execFileSync("go", ["run", "./fixtures/mkhostile", room], {
    cwd: resolve(import.meta.dirname, "../../../.."),
    env: { ...process.env, CGO_ENABLED: "0" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  b = await browser();
  s = await serve(join(room, "case"));
}, 300_000);

afterAll(async () => {
  await b?.close();
  await s?.stop();
});

// places are those of every screen, and every item, cluster and incident.
async function places(o: Opened): Promise<Record<string, string>> {
  const out = await everyScreen(o);
  for (const c of (await ask<Gallery>(o, "/gallery")).cards.slice(0, 16)) out[`item ${c.id.slice(0, 8)}`] = `media/${c.id}`;
  for (const c of (await ask<ClustersOut>(o, "/clusters")).clusters.slice(0, 4)) out[`cluster ${c.id}`] = `clusters/${encodeURIComponent(c.id)}`;
  for (const i of (await ask<IncidentsOut>(o, "/incidents")).incidents.slice(0, 4)) out[`incident ${i.id}`] = `incidents/${encodeURIComponent(i.id)}`;
  return out;
}

// faults is what of an attack shows on the page as it stands.
function faults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const unseen = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
    if (/owned/.test(document.title)) found.push(`the title is ${document.title}`);
    for (const e of document.querySelectorAll("body *")) {
      for (const a of e.attributes) {
        if (a.name.startsWith("on")) found.push(`<${e.localName}> has ${a.name}`);
        const c = /^(title|alt|placeholder|aria-)/.test(a.name) ? unseen.exec(a.value) : null;
        if (c) found.push(`U+${c[0].charCodeAt(0).toString(16)} stands in ${a.name} of <${e.localName}>: ${a.value.slice(0, 60)}`);
      }
      if (e instanceof HTMLAnchorElement && e.protocol === "javascript:") found.push(`a link runs a script: ${e.textContent}`);
      if (e instanceof HTMLIFrameElement && !e.hasAttribute("sandbox")) found.push("a frame without a sandbox");
    }
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let n = walk.nextNode(); n; n = walk.nextNode()) {
      const text = n.textContent ?? "";
      const c = unseen.exec(text);
      if (c) found.push(`U+${c[0].charCodeAt(0).toString(16)} stands in "${text.slice(0, 60)}"`);
      if (/owned|endlessendless/.test(text) && !n.parentElement?.closest("bdi, textarea, [contenteditable], title, option"))
        found.push(`<${n.parentElement?.localName} class=${n.parentElement?.className}> holds scraped text outside of <bdi>: ${text.slice(0, 60)}`);
    }
    const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (over > 0) found.push(`the page is ${over} pixels too wide`);
    return [...new Set(found)].slice(0, 10);
  });
}

test("nothing of hostile texts takes effect on any screen", async () => {
  const o = await open(b, s);
  const all: Record<string, string[]> = {};
  for (const [name, path] of Object.entries(await places(o))) {
    await o.to(path);
    const seen = await faults(o.page);
    if (seen.length > 0) all[name] = seen;
    await accessible(o.page, name);
  }
  expect(all).toEqual({});
  await o.close();
}, 300_000);

// The test sees what it looks for.
test("an attack that took effect would be seen", async () => {
  const o = await open(b, s);
  await o.to("");
  await o.page.evaluate(() => {
    const p = document.createElement("p");
    p.textContent = "\u202eowned";
    document.querySelector("main")!.append(p);
    document.title = "owned";
  });
  expect((await faults(o.page)).length).toBe(3);
  await o.close();
});
