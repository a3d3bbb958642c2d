// Finding the items and pairs of a case that a run is about.
import type { ComparePage, Gallery, Pair, Pairs } from "../src/api.gen";
import { ask } from "./asking";
import type { Page } from "playwright-core";
import { press, type Opened } from "./harness";

// item is the first item that a filter of the gallery finds.
export async function item(o: Opened, filter: string): Promise<string> {
  const found = await ask<Gallery>(o, `/gallery?${new URLSearchParams({ filter })}`);
  if (found.ids === "") throw new Error(`the exercise has no item of ${filter}`);
  return found.ids.slice(0, 64);
}

// pair is the first pair of the case of which a test is true.
export async function pair(o: Opened, is: (about: ComparePage) => boolean): Promise<Pair> {
  const { list } = await ask<Pairs>(o, "/pairs");
  for (const p of list) if (is(await ask<ComparePage>(o, `/compare?${new URLSearchParams({ a: p.a, b: p.b })}`))) return p;
  throw new Error("the exercise has no such pair");
}

// compareAddress is the place of a pair.
export function compareAddress(p: { a: string; b: string }, more: Record<string, string> = {}): string {
  return `compare?${new URLSearchParams({ a: p.a, b: p.b, ...more })}`;
}

// first is the first pair of the case, whatever it shares.
export async function first(o: Opened): Promise<Pair> {
  const { list } = await ask<Pairs>(o, "/pairs");
  if (!list[0]) throw new Error("the exercise has no pair");
  return list[0];
}

// revealed reveals what the key means: first its words, then the picture.
export async function revealed(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Reveal/ }).first().waitFor();
  await press(page, "v");
  await page.getByRole("button", { name: "Grey, small" }).waitFor();
  await press(page, "v");
  await page.getByRole("button", { name: /^Colour/ }).first().waitFor();
  await pictured(page);
}

// pictured waits until all pictures are there.
export async function pictured(page: Page): Promise<void> {
  await page.waitForFunction(() => [...document.images].every((i) => i.complete));
}
