// Sheets of the checklist for runs and pictures: as the person of the page
// writes them, and as another person does, with a key of their own.
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import type { CaseName, Checklist, Gallery } from "../src/api.gen";
import { ask } from "./asking";
import type { Opened } from "./harness";

export interface SheetText {
  answers?: { step: string; answer: string; note?: string; evidence?: string[] }[];
  claims?: { claim: string; grade: string; value?: string; basis?: string[] }[];
  conclusion?: string;
  limits?: string;
}

// first is a sheet that a careful person may have written.
export const first: SheetText = {
  answers: [
    { step: "A1", answer: "pass", note: "It shows the quay that the case asks about." },
    { step: "B1", answer: "pass", note: "The file as it was sent." },
    { step: "B2", answer: "pass" },
    { step: "C1", answer: "cannot_determine", note: "No earlier copy in the case; not looked for elsewhere yet." },
    { step: "D2", answer: "fail", note: "Posted before it was recorded, as its clock has it." },
    { step: "E2", answer: "pass", note: "The water tower, the bend of the road and three chimneys.", evidence: ["sat_image_date=2024-04-02", "url=https://example.org/map?at=12"] },
  ],
  claims: [
    { claim: "where", grade: "confirmed", value: "48.0159,37.8028,100", basis: ["satellite picture of 2 April 2024", "two other videos"] },
    { claim: "when", grade: "possible", value: "2024-05-01", basis: ["the shadow of the tower"] },
    { claim: "who", grade: "probable", value: "the harbour’s own channel", basis: ["its earlier posts"] },
    { claim: "integrity", grade: "probable", basis: ["no sign of editing found"] },
  ],
  conclusion: "partly_verified",
  limits: "A second angle could settle the hour.",
};

// second disagrees with the first on the time and on one answer.
export const second: SheetText = {
  answers: [
    { step: "A1", answer: "pass", note: "Relevant." },
    { step: "B1", answer: "pass" },
    { step: "C1", answer: "cannot_determine" },
    { step: "D2", answer: "pass", note: "The clock is an hour off, as other files of the phone show." },
    { step: "E2", answer: "pass", note: "Same tower, found alone." },
  ],
  claims: [
    { claim: "where", grade: "probable", value: "48.016,37.803,150", basis: ["satellite picture"] },
    { claim: "when", grade: "probable", value: "2024-05-01", basis: ["the clock put right"] },
    { claim: "who", grade: "probable", basis: ["its earlier posts"] },
    { claim: "integrity", grade: "probable", basis: ["no sign of editing found"] },
  ],
  conclusion: "partly_verified",
  limits: "",
};

// someItem is an item of the case that can be seen.
export async function someItem(o: Opened, nth = 0): Promise<string> {
  const readable = (await ask<Gallery>(o, "/gallery")).cards.filter((c) => c.readable);
  return readable[nth]!.id;
}

// freshItem is an item that nobody has begun to review.
export async function freshItem(o: Opened): Promise<string> {
  for (const card of (await ask<Gallery>(o, "/gallery")).cards)
    if (card.readable && (await ask<Checklist>(o, `/checklist/${card.id}`)).state === "") return card.id;
  throw new Error("every item of the case is reviewed");
}

// fill writes in the sheet of the person of the page.
export async function fill(o: Opened, item: string, sheet: SheetText, done: boolean): Promise<void> {
  await ask(o, `/checklist/${item}`, { ...sheet, done });
}

// fillBlind hands in the second sheet, as another person on another computer.
export async function fillBlind(o: Opened, item: string, sheet: SheetText, by = "Bo Example"): Promise<void> {
  const { dir } = await ask<CaseName>(o, "");
  const room = mkdtempSync(join(inject("scratch"), "reviewer-"));
  const file = join(room, "sheet.json");
  const answers = sheet.answers?.map(({ evidence: _, ...a }) => a);
  writeFileSync(file, JSON.stringify({ ...sheet, answers, item, handed_in: true }));
  execFileSync(inject("program"), ["assess", "--blind", "--from", file, "--case", dir, "--by", by], { env: { ...process.env, XDG_CONFIG_HOME: room, HOME: room }, stdio: ["ignore", "ignore", "pipe"] });
}
