// What a person types to confirm a time or a place, and whether it can be
// meant.

export interface Position {
  latitude: number;
  longitude: number;
}

// position reads "33.3128, 44.3615"; null for what is none.
export function position(text: string): Position | null {
  const parts = text.trim().split(/\s*[,;\s]\s*/);
  if (parts.length !== 2) return null;
  const [latitude, longitude] = parts.map((p) => (/^[+-]?\d+(\.\d+)?$/.test(p) ? Number(p) : NaN)) as [number, number];
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null;
  return { latitude, longitude };
}

// local tidies a clock's reading to the form that the program takes: a day, or
// a day and a time, with nothing made up; null for what is none.
export function local(text: string): string | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?)?$/.exec(text.trim());
  if (!found) return null;
  const [, year, month, day, hour, minute, second] = found.map((part) => (part === undefined ? 0 : Number(part))) as number[];
  const at = new Date(Date.UTC(year!, month! - 1, day!, hour!, minute!, second!));
  const same = at.getUTCMonth() === month! - 1 && at.getUTCDate() === day && at.getUTCHours() === hour && at.getUTCMinutes() === minute && at.getUTCSeconds() === second;
  return same ? text.trim().replace(" ", "T") : null;
}

// lines are the pieces of evidence of a text, one a line.
export function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

// tagsIn are the tags of a text that separates them by commas, each once.
export function tagsIn(text: string): string[] {
  return [...new Set(text.split(/[,\n]/).map((tag) => tag.trim().replace(/\s+/g, " ")).filter((tag) => tag !== ""))];
}

// nextWarning is the level that the key goes on to.
export function nextWarning(level: string): "none" | "moderate" | "severe" {
  if (level === "moderate") return "severe";
  return level === "severe" ? "none" : "moderate";
}
