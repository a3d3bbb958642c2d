// The words of the page in the language that was chosen. They stand in
// verify/locale, one catalogue per language for all of Firsthand; each key
// begins with its screen, and numbers choose plural forms.
import type { Key } from "./words/key";

export type { Key };

// One is a string, or its plural forms by the categories of Intl.PluralRules;
// {name} stands for a value, and {n} chooses the form.
export type One = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Words = Readonly<Record<string, One>>;

const catalogues: Record<string, () => Promise<{ default: Words }>> = {
  en: () => import("./words/en"),
  uk: () => import("./words/uk"),
  ar: () => import("./words/ar"),
};

let words: Words = {};
let plural: Intl.PluralRules;
let number: Intl.NumberFormat;
let speaking = "en";

// load takes the words of the language that the document is in; the program
// wrote it there. It comes before anything is shown.
export async function load(language = document.documentElement.lang): Promise<void> {
  const known = language in catalogues ? language : "en";
  speak(known, (await catalogues[known]!()).default);
}

// speak sets language and words. Digits are Latin in every language, as those
// of the files' own values beside which they stand.
export function speak(language: string, its: Words): void {
  words = its;
  speaking = language;
  months = null;
  plural = new Intl.PluralRules(language);
  number = new Intl.NumberFormat(digits(language));
}

function digits(language: string): string {
  return language + "-u-nu-latn";
}

// t gives the words of a key. Numbers are grouped as the language does.
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const entry = words[key] ?? key;
  const n = values["n"];
  const text = typeof entry === "string" ? entry : (entry[plural.select(typeof n === "number" ? n : 0)] ?? entry.other ?? key);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? number.format(value) : value;
  });
}

// count writes a whole number as the language does.
export function count(n: number): string {
  return number.format(n);
}

// decimal writes a number with at most so many decimals, and at least so many.
export function decimal(n: number, most = 1, least = 0): string {
  return new Intl.NumberFormat(digits(speaking), { maximumFractionDigits: most, minimumFractionDigits: least }).format(n);
}

// language is the tag of the language that the page is in, for dates and for
// what is asked of the program.
export function language(): string {
  return speaking;
}

// inRow puts parts in a row, with commas between them.
export function inRow(parts: readonly string[]): string {
  return parts.join(t("units.comma"));
}

// fromRight says that the page reads from right to left.
export function fromRight(): boolean {
  return document.documentElement.dir === "rtl";
}

// month is the name of a month, from 0, as it stands in a date.
export function month(index: number): string {
  return (months ??= monthNames())[index] ?? "";
}

let months: string[] | null = null;

function monthNames(): string[] {
  const format = new Intl.DateTimeFormat(digits(speaking), { day: "numeric", month: speaking === "en" ? "short" : "long", timeZone: "UTC" });
  return Array.from({ length: 12 }, (_, i) => format.formatToParts(Date.UTC(2026, i, 15)).find((p) => p.type === "month")?.value ?? "");
}
