// The calendar of a zone that somebody stated: when its days and hours begin.
// The zone of the machine is never asked.
import { month } from "../../text";

// Zone gives the minutes east of UTC at an instant, and how the axis names it.
export interface Zone {
  name: string;
  offset: (at: number) => number;
}

const utc: Zone = { name: "UTC", offset: () => 0 };

// zoneOf reads "+03:00", "Z" or a name such as Europe/Kyiv; null where it is
// none of these.
export function zoneOf(text: string | undefined): Zone | null {
  if (text === undefined || text === "") return null;
  if (text === "Z" || text === "UTC") return utc;
  const fixed = /^([+-])(\d\d):(\d\d)$/.exec(text);
  if (fixed) {
    const minutes = (Number(fixed[2]) * 60 + Number(fixed[3])) * (fixed[1] === "-" ? -1 : 1);
    return { name: text, offset: () => minutes };
  }
  return namedZone(text);
}

function namedZone(name: string): Zone | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-GB", { timeZone: name, timeZoneName: "longOffset" });
  } catch {
    return null;
  }
  const known = new Map<number, number>(); // by the quarter of an hour: clocks change on none finer
  return {
    name,
    offset: (at) => {
      const quarter = Math.floor(at / 900_000);
      let minutes = known.get(quarter);
      if (minutes === undefined) {
        const said = format.formatToParts(quarter * 900_000).find((p) => p.type === "timeZoneName")?.value ?? "";
        const [, sign, hours = "0", rest = "0"] = /([+-])(\d+)(?::(\d+))?/.exec(said.replace("−", "-")) ?? [];
        minutes = (Number(hours) * 60 + Number(rest)) * (sign === "-" ? -1 : 1);
        known.set(quarter, minutes);
      }
      return minutes;
    },
  };
}

// Step is the distance of two ticks.
export interface Step {
  unit: "second" | "day" | "month";
  n: number;
}

const minute = 60;
const hour = 3600;

const steps: readonly Step[] = [
  ...[1, 5, 15, 30, minute, 5 * minute, 15 * minute, 30 * minute, hour, 3 * hour, 6 * hour, 12 * hour].map((n): Step => ({ unit: "second", n })),
  ...[1, 2, 7].map((n): Step => ({ unit: "day", n })),
  ...[1, 3, 12, 24, 60, 120, 240, 600, 1200].map((n): Step => ({ unit: "month", n })),
];

const lengths = { second: 1000, day: 86_400_000, month: 2_629_746_000 };

// lengthOf is about how many milliseconds a step takes.
export function lengthOf(step: Step): number {
  return step.n * lengths[step.unit];
}

// stepFor is the finest step of which so many fit into a length of time.
export function stepFor(length: number, most: number): Step {
  return steps.find((s) => length / lengthOf(s) <= most) ?? steps.at(-1)!;
}

const mostTicks = 2000;

// starts are the beginnings of a calendar's steps, from the last one before an
// instant to the first one after another.
export function starts(step: Step, from: number, to: number, zone: Zone): number[] {
  const out: number[] = [];
  let local = floor(step, from + zone.offset(from) * 60_000);
  while (out.length < mostTicks) {
    const at = instant(local, zone);
    if (at > (out.at(-1) ?? -Infinity)) out.push(at);
    if (at > to) break;
    local = next(step, local);
  }
  return out;
}

// instant is when a clock of the zone shows a reading.
function instant(local: number, zone: Zone): number {
  const guess = local - zone.offset(local) * 60_000;
  return local - zone.offset(guess) * 60_000;
}

function floor(step: Step, local: number): number {
  const day = Math.floor(local / 86_400_000);
  switch (step.unit) {
    case "second":
      return day * 86_400_000 + Math.floor((local - day * 86_400_000) / (step.n * 1000)) * step.n * 1000;
    case "day": {
      const since = step.n === 7 ? 4 : 0; // weeks begin on Monday; the epoch was a Thursday
      return (Math.floor((day - since) / step.n) * step.n + since) * 86_400_000;
    }
    case "month": {
      const date = new Date(local);
      const months = date.getUTCFullYear() * 12 + date.getUTCMonth();
      return monthStart(Math.floor(months / step.n) * step.n);
    }
  }
}

function next(step: Step, local: number): number {
  if (step.unit !== "month") return local + lengthOf(step);
  const date = new Date(local);
  return monthStart(date.getUTCFullYear() * 12 + date.getUTCMonth() + step.n);
}

function monthStart(months: number): number {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(months / 12), ((months % 12) + 12) % 12, 1);
  return date.getTime();
}

interface Parts {
  year: number;
  month: string;
  day: number;
  time: string;
  seconds: string;
}

function parts(at: number, zone: Zone): Parts {
  const date = new Date(at + zone.offset(at) * 60_000);
  const two = (n: number): string => String(n).padStart(2, "0");
  return {
    year: date.getUTCFullYear(),
    month: month(date.getUTCMonth()),
    day: date.getUTCDate(),
    time: `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`,
    seconds: two(date.getUTCSeconds()),
  };
}

// tickText is what stands at a tick, without what the wider label says.
export function tickText(at: number, step: Step, zone: Zone): string {
  const p = parts(at, zone);
  if (step.unit === "second") return step.n < minute ? `${p.time}:${p.seconds}` : p.time;
  if (step.unit === "day") return `${p.day} ${p.month}`;
  return step.n < 12 ? p.month : String(p.year);
}

// wider is the step whose beginnings are labelled under the ticks, null where
// the ticks say it all.
export function wider(step: Step): Step | null {
  if (step.unit === "second") return { unit: "day", n: 1 };
  if (step.unit === "day" || step.n < 12) return { unit: "month", n: 12 };
  return null;
}

// widerText is the label of a wider step.
export function widerText(at: number, step: Step, zone: Zone): string {
  const p = parts(at, zone);
  return step.unit === "day" ? `${p.day} ${p.month} ${p.year}` : String(p.year);
}

// offsetText is how far the zone is from UTC at an instant.
export function offsetText(at: number, zone: Zone): string {
  const minutes = zone.offset(at);
  if (minutes === 0) return "Z";
  const abs = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${String(Math.floor(abs / 60)).padStart(2, "0")}:${String(abs % 60).padStart(2, "0")}`;
}

// momentText writes an instant as the page does everywhere.
export function momentText(at: number, zone: Zone): string {
  const p = parts(at, zone);
  return `${p.day} ${p.month} ${p.year} ${p.time}:${p.seconds} ${offsetText(at, zone)}`;
}

// spanText writes two instants, the second without what they share.
export function spanText(from: number, to: number, zone: Zone): string {
  if (to - from < 1000) return momentText(from, zone);
  const a = parts(from, zone);
  const b = parts(to, zone);
  const sameDay = a.year === b.year && a.month === b.month && a.day === b.day;
  const begin = `${a.day} ${a.month} ${a.year} ${a.time}:${a.seconds}`;
  if (sameDay) return `${begin} – ${b.time}:${b.seconds} ${offsetText(to, zone)}`;
  return `${begin} – ${momentText(to, zone)}`;
}
