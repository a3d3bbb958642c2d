// The words of the page. Every string stands in the catalogue of a language,
// by a key that begins with its screen; numbers choose plural forms.
import { en } from "./strings/en";

// One is a string, or its plural forms by the categories of Intl.PluralRules;
// {name} stands for a value, and {n} chooses the form.
export type One = string | { one?: string; two?: string; few?: string; many?: string; zero?: string; other: string };
export type Key = keyof typeof en;

const language = "en";
const plural = new Intl.PluralRules(language);
const number = new Intl.NumberFormat(language);

// t gives the words of a key. Numbers are grouped as the language does.
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const entry = (en as Readonly<Record<string, One>>)[key] ?? key;
  const n = values["n"];
  const text = typeof entry === "string" ? entry : (entry[plural.select(typeof n === "number" ? n : 0)] ?? entry.other);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? number.format(value) : value;
  });
}

// count writes a number as the language does.
export function count(n: number): string {
  return number.format(n);
}
