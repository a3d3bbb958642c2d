// Instants as a person types them, in the zone that they chose beside. What is
// left out (seconds, the hour) makes the reading as wide as that.
import type { Zone } from "../timeline/calendar";

// Span is the time that a reading may mean, both ends included, in milliseconds.
export interface Span {
  from: number;
  to: number;
}

export type Unit = "second" | "minute" | "hour" | "day";

const lengths: Record<Unit, number> = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const pattern = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2})(?::(\d{2})(?::(\d{2}))?)?)?\s*(Z|[+-]\d{2}:\d{2})?$/;

// reading reads 2026-05-16, 2026-05-16 14, 2026-05-16 14:02 or 2026-05-16
// 14:02:11, in a zone or with one of its own (Z, +03:00); null where it is none.
export function reading(text: string, zone: Zone): Span | null {
  const found = pattern.exec(latin(text).trim());
  if (!found) return null;
  const [, year = "", month = "", day = "", hour, minute, second, offset] = found;
  const numbers = [year, month, day, hour, minute, second].map((n) => Number(n ?? 0)) as [number, number, number, number, number, number];
  const local = Date.UTC(numbers[0], numbers[1] - 1, numbers[2], numbers[3], numbers[4], numbers[5]);
  const back = new Date(local);
  if (back.getUTCMonth() !== numbers[1] - 1 || back.getUTCDate() !== numbers[2] || back.getUTCHours() !== numbers[3] || back.getUTCMinutes() !== numbers[4] || numbers[5] > 59) return null;
  const unit: Unit = second !== undefined ? "second" : minute !== undefined ? "minute" : hour !== undefined ? "hour" : "day";
  const at = (l: number) => (offset === undefined ? instant(l, zone) : l - minutesOf(offset) * 60_000);
  return { from: at(local), to: at(local + lengths[unit]) - 1000 };
}

function minutesOf(offset: string): number {
  if (offset === "Z") return 0;
  return (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))) * (offset.startsWith("-") ? -1 : 1);
}

// instant is when a clock of the zone shows a reading.
function instant(local: number, zone: Zone): number {
  const guess = local - zone.offset(local) * 60_000;
  return local - zone.offset(guess) * 60_000;
}

// latin writes the digits of other scripts as 0 to 9, and the minus as a hyphen.
export function latin(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (d) => String(d.charCodeAt(0) & 0xf)).replace(/\u2212/g, "-").replace(/[\u200e\u200f\u061c]/g, "");
}

// typed writes an instant as reading reads it: an end without its seconds means
// the last one of its minute, a beginning the first.
export function typed(at: number, zone: Zone, end: boolean): string {
  const local = new Date(at + zone.offset(at) * 60_000).toISOString();
  const seconds = local.slice(17, 19);
  return local.slice(0, 10) + " " + local.slice(11, seconds === (end ? "59" : "00") ? 16 : 19);
}

// around is the whole second, minute, hour or day of a zone that an instant is in.
export function around(at: number, unit: Unit, zone: Zone): Span {
  const local = at + zone.offset(at) * 60_000;
  const begin = Math.floor(local / lengths[unit]) * lengths[unit];
  return { from: instant(begin, zone), to: instant(begin + lengths[unit], zone) - 1000 };
}

// iso is an instant as the program takes it.
export function iso(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}

// position reads two numbers of degrees with a comma or a space between; null
// where they are no place.
export function position(text: string): { latitude: number; longitude: number } | null {
  const found = /^\s*([+-]?\d{1,3}(?:\.\d{1,12})?)\s*[,;،\s]\s*([+-]?\d{1,3}(?:\.\d{1,12})?)\s*$/.exec(latin(text).replace(/\u066b/g, "."));
  if (!found) return null;
  const [latitude, longitude] = [Number(found[1]), Number(found[2])];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}

// number reads a number between two bounds; null where it is none.
export function number(text: string, least: number, most: number): number | null {
  const plain = latin(text).replace(/\u066b/g, ".").trim();
  if (!/^[+-]?\d+(\.\d+)?$/.test(plain)) return null;
  const n = Number(plain);
  return n >= least && n <= most ? n : null;
}
