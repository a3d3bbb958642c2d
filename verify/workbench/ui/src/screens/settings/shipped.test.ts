import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import known from "./shipped.json";
import { gathered } from "./shipped";

const ui = resolve(import.meta.dirname, "../../..");
const licences: Record<string, { licence: string; text: string; version?: string }> = known;

test("each package of the page stands with its licence and the version that is installed", () => {
  const needed = Object.keys(JSON.parse(readFileSync(resolve(ui, "package.json"), "utf8")).dependencies as object);
  for (const name of needed) {
    const installed = JSON.parse(readFileSync(resolve(ui, "node_modules", name, "package.json"), "utf8")) as { version: string };
    expect(licences[name], `run go run ./cmd/release -licences: ${name}`).toMatchObject({ version: installed.version });
  }
});

test("each licence is named and given whole", () => {
  for (const [name, k] of Object.entries(licences)) {
    expect(k.licence, name).not.toBe("");
    expect(k.text.length, name).toBeGreaterThan(50);
  }
});

test("a part whose licence is not known is shown as such", () => {
  const parts = gathered([{ name: "example.org/new", version: "v1" }], { preact: { licence: "MIT", text: "…", version: "11" }, "example.org/old": { licence: "MIT", text: "…" } });
  expect(parts.map((p) => [p.name, p.version, p.licence])).toEqual([
    ["example.org/new", "v1", "not known"],
    ["preact", "11", "MIT"],
  ]);
});
