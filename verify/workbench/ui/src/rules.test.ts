// Rules that the sources of the page keep.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";

const root = import.meta.dirname;

const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((f) => /\.tsx?$/.test(f) && !/\.test\.tsx?$/.test(f))
  .map((f) => ({ file: relative(root, join(root, f)).replaceAll("\\", "/"), text: withoutComments(readFileSync(join(root, f), "utf8")) }));

function withoutComments(text: string): string {
  return text.replace(/(^|\s)\/\/.*$/gm, "$1").replace(/\/\*[\s\S]*?\*\//g, "");
}

function breaking(rule: RegExp, except: readonly string[] = []): string[] {
  return sources.filter((s) => !except.includes(s.file) && rule.test(s.text)).map((s) => s.file);
}

test("media are shown by the part Evidence alone", () => {
  expect(breaking(/<(img|video|audio|picture|source|image)[\s>]|["'`]\/media\/|createElement(NS)?\([^)]*["'](img|video|audio)["']|new (Image|Audio)\(/, ["parts/Evidence.tsx", "router.ts"])).toEqual([]);
});

test("nothing is made HTML, and no style stands in an element", () => {
  expect(breaking(/dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|<style[\s>]/)).toEqual([]);
  expect(breaking(/\sstyle=[{"']/)).toEqual([]);
});

test("nothing is asked of any other place", () => {
  expect(breaking(/["'`](https?:)?\/\/[a-z]/, ["parts/Icon.tsx"])).toEqual([]);
  expect(breaking(/\beval\(|new Function\(/)).toEqual([]);
});

test("every string is in the catalogue once", () => {
  const keys = readdirSync(join(root, "strings/en"))
    .filter((f) => f !== "index.ts")
    .flatMap((f) => [...readFileSync(join(root, "strings/en", f), "utf8").matchAll(/^ {2}"([^"]+)":/gm)].map((m) => m[1]));
  expect(keys.filter((k, i) => keys.indexOf(k) !== i)).toEqual([]);
});

test("parts know no screen", () => {
  expect(sources.filter((s) => s.file.startsWith("parts/") && /from "[^"]*screens\//.test(s.text)).map((s) => s.file)).toEqual([]);
});
