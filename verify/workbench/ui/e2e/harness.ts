// What every run in a browser starts from: the program serving a copy of a
// case, Chromium on it, and two watches that fail the run: on any request off
// the own origin, and on any sharp picture asked for while everything is
// softened.
import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium, type Browser, type BrowserContext, type Page, type Request } from "playwright-core";
import { expect, inject } from "vitest";

const axeSource = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

export type Theme = "light" | "dark";
export const themes: readonly Theme[] = ["light", "dark"];

// Served is the program at work on a copy of a case.
export interface Served {
  origin: string;
  key: string; // the address that opens it, once
  folder: string; // of the copy, "" where none was opened
  stop(): Promise<void>;
}

// serve starts the program on a copy of a case folder, or on none ("").
export async function serve(caseFolder: string, options: { inPlace?: boolean; args?: string[] } = {}): Promise<Served> {
  const room = mkdtempSync(join(inject("scratch"), "run-"));
  let folder = "";
  if (caseFolder !== "") {
    folder = options.inPlace ? caseFolder : join(room, "case");
    if (!options.inPlace) cpSync(caseFolder, folder, { recursive: true });
  }
  const config = join(room, "config");
  mkdirSync(config, { recursive: true });
  const args = ["serve", "--open=false", "--addr", "127.0.0.1:0", ...(folder === "" ? [] : ["--case", folder]), ...(options.args ?? [])];
  const child = spawn(inject("program"), args, {
    env: { ...process.env, XDG_CONFIG_HOME: config, HOME: room },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const key = await firstAddress(child);
  return {
    origin: new URL(key).origin,
    key,
    folder,
    stop: () =>
      new Promise((done) => {
        child.once("exit", () => done());
        child.kill("SIGINT");
        setTimeout(() => child.kill("SIGKILL"), 5_000).unref();
      }),
  };
}

function firstAddress(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let said = "";
    child.stderr?.on("data", (part: Buffer) => (said += part.toString()));
    child.once("exit", (code) => failed(new Error(`firsthand serve ended with ${code}: ${said}`)));
    createInterface({ input: child.stdout! }).on("line", (line) => {
      if (line.startsWith("http://")) found(line.trim());
    });
  });
}

// exercise is the folder of the exercise case.
export function exercise(): string {
  return inject("exercise");
}

// browser starts the Chromium of this machine.
export async function browser(): Promise<Browser> {
  const path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((p) => existsSync(p));
  if (!path) throw new Error("these runs need Chromium; on Debian: apt install chromium");
  return chromium.launch({ executablePath: path, args: ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"] });
}

// Opened is a tab on the workbench with its watches.
export interface Opened {
  page: Page;
  context: BrowserContext;
  caseID: string; // "" where no case is open
  to(path: string): Promise<void>; // "" is the overview of the case, "media" its gallery; a leading / is the whole path
  revealing<T>(act: () => Promise<T>): Promise<T>; // sharp pictures may be asked for meanwhile
  close(): Promise<void>; // fails when a watch saw something
}

export interface OpenOptions {
  theme?: Theme;
  width?: number;
  height?: number;
  firstStart?: boolean; // leaves the choices of the first start open
  settings?: Record<string, unknown>; // beside those of the first start
}

// open gives a tab that has taken the key and made the choices of first start.
export async function open(b: Browser, s: Served, options: OpenOptions = {}): Promise<Opened> {
  const context = await b.newContext({
    viewport: { width: options.width ?? 1366, height: options.height ?? 768 },
    colorScheme: options.theme ?? "light",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const watch = new Watch(s.origin);
  page.on("request", (r) => watch.see(r));
  page.on("console", (m) => {
    if (m.type() === "error" && !/status of (4|5)\d\d/.test(m.text())) watch.faults.push(`the console says: ${m.text()}`);
  });
  page.on("pageerror", (e) => watch.faults.push(`the page fails: ${e.message}`));
  if (keys.has(s.key)) await context.addCookies(keys.get(s.key)!);
  await page.goto(keys.has(s.key) ? s.origin + "/" : s.key);
  keys.set(s.key, await context.cookies());
  const caseID = await settle(page, options);
  return {
    page,
    context,
    caseID,
    to: async (path) => {
      await page.goto(s.origin + (path.startsWith("/") ? path : `/c/${caseID}${path === "" ? "" : "/" + path}`));
      await ready(page);
    },
    revealing: async (act) => {
      watch.sharpAllowed++;
      try {
        return await act();
      } finally {
        watch.sharpAllowed--;
      }
    },
    close: async () => {
      await context.close();
      expect(watch.faults).toEqual([]);
    },
  };
}

// The key works once; later tabs of one run come with the cookie it gave.
const keys = new Map<string, Awaited<ReturnType<BrowserContext["cookies"]>>>();

// settle makes the choices of the first start, and gives the open case.
async function settle(page: Page, options: OpenOptions): Promise<string> {
  if (!options.firstStart)
    await page.evaluate(
      async (extra) => {
        const { settings } = await (await fetch("/api/session")).json();
        const answer = await fetch("/api/settings", {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ settings: { ...settings, started: true, by: "Ada Example", ...extra } }),
        });
        if (!answer.ok) throw new Error(await answer.text());
      },
      { theme: "system", ...options.settings },
    );
  const cases = (await page.evaluate(async () => (await fetch("/api/cases")).json())) as { open: { id: string }[] };
  return cases.open[0]?.id ?? "";
}

// ready waits until the screen stands: nothing is loading any more.
export async function ready(page: Page): Promise<void> {
  await page.waitForSelector("main", { state: "attached" });
  await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
}

class Watch {
  sharpAllowed = 0;
  faults: string[] = [];
  constructor(private origin: string) {}
  see(r: Request): void {
    const url = new URL(r.url());
    if (url.protocol === "blob:") return;
    if (url.origin !== this.origin) this.faults.push(`a request off the own origin: ${r.url()}`);
    const soft = /\/(soft|strip-soft)$/.test(url.pathname);
    if (url.pathname.startsWith("/media/") && !soft && this.sharpAllowed === 0) this.faults.push(`a sharp picture is asked for while softened: ${url.pathname}`);
  }
}

// accessible fails on any violation of WCAG 2.2 A and AA that axe-core finds.
export async function accessible(page: Page, where: string): Promise<void> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(await axeText());
  const found = await page.evaluate(async () => {
    const axe = (window as unknown as { axe: { run(o: unknown): Promise<{ violations: Violation[] }> } }).axe;
    interface Violation {
      id: string;
      help: string;
      nodes: { html: string; failureSummary: string }[];
    }
    const result = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
    return result.violations.map((v) => `${v.id}: ${v.help}\n` + v.nodes.slice(0, 3).map((n) => `  ${n.html.slice(0, 200)}\n  ${n.failureSummary}`).join("\n"));
  });
  expect(found, `WCAG violations on ${where}`).toEqual([]);
}

let axeCache = "";

async function axeText(): Promise<string> {
  if (axeCache === "") axeCache = await (await import("node:fs/promises")).readFile(axeSource, "utf8");
  return axeCache;
}

// press presses keys one after another, as a person does.
export async function press(page: Page, ...keysToPress: string[]): Promise<void> {
  for (const k of keysToPress) {
    await page.keyboard.press(k);
    await page.waitForTimeout(30);
  }
}
