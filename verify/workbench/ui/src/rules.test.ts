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

const messages = join(root, "../../../locale/messages/en/page");

// keys are all keys of English, by file.
const keys = readdirSync(messages).flatMap((f) => Object.keys(JSON.parse(readFileSync(join(messages, f), "utf8")) as object).map((key) => ({ key, file: f })));

test("every message stands in one file, which its key begins with", () => {
  const names = keys.map((k) => k.key);
  expect(names.filter((k, i) => names.indexOf(k) !== i)).toEqual([]);
  expect(keys.filter((k) => k.key.split(".")[0] + ".json" !== k.file).map((k) => k.key)).toEqual([]);
});

// A key is used where it stands whole in the sources, or where a template
// there gives it: `gallery.value.${value}`.
test("every message is used", () => {
  const all = sources.filter((s) => !s.file.startsWith("words/")).map((s) => s.text).join("\n");
  const whole = new Set([...all.matchAll(/["'`]([a-zA-Z]+(?:\.[\w-]*)+)["'`]/g)].map((m) => m[1]));
  const made = [...all.matchAll(/`((?:[a-zA-Z]+\.|\$\{[^`}]*\}\.[a-z]{3})(?:[^`$]|\$\{[^`}]*\})*)`/g)]
    .map((m) => m[1]!)
    .filter((k) => k.includes("${"))
    .map((k) => new RegExp("^" + k.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("[\\w.-]*") + "$"));
  expect(keys.map((k) => k.key).filter((k) => !whole.has(k) && !made.some((m) => m.test(k)))).toEqual([]);
});

test("no words stand in the sources", () => {
  const said = sources
    .filter((s) => s.file !== "api.gen.ts" && !s.file.startsWith("words/"))
    .flatMap((s) => [...s.text.matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)*[^<>{}=;()]*)<\/|"([A-Z][a-z]+ [a-z]+ [^"]*)"|`([A-Z][a-z]+ [a-z]+ [^`]*)`/g)].map((m) => `${s.file}: ${m[1] ?? m[2] ?? m[3]}`));
  expect(said).toEqual([]);
});

// What is placed by coordinates, on pictures and axes of time, stays as it is.
test("nothing is laid out by left and right, which some languages exchange", () => {
  const styles = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((f) => f.endsWith(".css"));
  const turned = styles.flatMap((f) =>
    [...readFileSync(join(root, f), "utf8").replace(/\/\*[\s\S]*?\*\//g, "").matchAll(/^.*(?:(?:margin|padding|border)-(?:left|right)|text-align: *(?:left|right)|float: *(?:left|right)|^\s*(?:left|right):(?! (?:var\(|0;))).*$/gm)].map((m) => `${f}: ${m[0].trim()}`),
  );
  expect(turned).toEqual([]);
});

test("parts know no screen", () => {
  expect(sources.filter((s) => s.file.startsWith("parts/") && /from "[^"]*screens\//.test(s.text)).map((s) => s.file)).toEqual([]);
});
