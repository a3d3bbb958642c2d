// What the incident board works out before it draws: one selection for map,
// timeline and members, and evidence in words.
import type { IncidentMember, IncidentRow, IncidentSuggestion } from "../../api.gen";
import type { TimeMark } from "../../parts/Timeline";
import type { MapMark } from "../../parts/WorldMap";
import { decimal } from "../../text";

// Strength is evidence in a word, as reports say it too.
export type Strength = "verystrong" | "strong" | "weak" | "slight" | "against";

// strengthOf puts bits into a word.
export function strengthOf(bits: number): Strength {
  if (bits < 0) return "against";
  if (bits >= 6) return "verystrong";
  if (bits >= 3) return "strong";
  return bits >= 1 ? "weak" : "slight";
}

// signed writes bits with their sign.
export function signed(bits: number): string {
  return (bits < 0 ? "−" : "+") + decimal(Math.abs(bits), 1, 1);
}

// Shown is a member with the copies of it that are members too.
export interface Shown {
  member: IncidentMember;
  copies: IncidentMember[];
}

// shownMembers puts copies under the original that they are copies of.
export function shownMembers(members: readonly IncidentMember[]): Shown[] {
  const out: Shown[] = [];
  const at = new Map<string, Shown>();
  for (const m of members) {
    const home = m.role === "copy" ? at.get(m.copy_of) : undefined;
    if (home) {
      home.copies.push(m);
      continue;
    }
    const shown = { member: m, copies: [] };
    at.set(m.card.id, shown);
    out.push(shown);
  }
  return out;
}

// mapMarks are the members that say where they were, the incident itself, and
// dashed what might belong to it.
export function mapMarks(row: IncidentRow, shown: readonly Shown[], suggestions: readonly IncidentSuggestion[], current: string, selected: ReadonlySet<string>, words: { self: string; suggested: (name: string) => string }): MapMark[] {
  const out: MapMark[] = [];
  if (row.latitude !== null && row.longitude !== null) out.push({ id: row.id, lat: row.latitude, lon: row.longitude, radiusM: row.radius_m, label: words.self, dashed: row.weak, count: 0 });
  for (const { member: m } of shown) {
    const p = m.card.place;
    if (!p || p.latitude === null || p.longitude === null) continue;
    out.push({ id: m.card.id, lat: p.latitude, lon: p.longitude, radiusM: p.radius_m, label: m.card.name, trust: p.trust, dashed: !m.counts, selected: m.card.id === current || selected.has(m.card.id) });
  }
  for (const s of suggestions) {
    const p = s.card.place;
    if (!p || p.latitude === null || p.longitude === null) continue;
    out.push({ id: s.card.id, lat: p.latitude, lon: p.longitude, radiusM: p.radius_m, label: words.suggested(s.card.name), trust: p.trust, dashed: true, selected: s.card.id === current });
  }
  return out;
}

// timeMarks are the members that claim a time, in a lane for each source, and
// a last lane of what might belong.
export function timeMarks(shown: readonly Shown[], suggestions: readonly IncidentSuggestion[], current: string, selected: ReadonlySet<string>, possible: string): TimeMark[] {
  const out: TimeMark[] = [];
  const add = (card: IncidentMember["card"], group: string, weak: boolean, chosen: boolean) => {
    const time = card.time;
    if (!time || time.latest === "") return;
    out.push({
      id: card.id,
      from: time.not_after || time.earliest === "" ? time.latest : time.earliest,
      to: time.latest,
      trust: time.trust,
      label: `${card.name} — ${time.text}`,
      selected: chosen,
      group,
      dashed: weak || time.trust === "derived" || time.trust === "none",
    });
  };
  for (const { member: m } of shown) add(m.card, m.paths[0]?.split("/")[0] ?? "", !m.counts, m.card.id === current || selected.has(m.card.id));
  for (const s of suggestions) add(s.card, possible, true, s.card.id === current);
  return out;
}

// nextCandidate is the incident after one that waits for a person, or the
// first one; null where none waits.
export function nextCandidate(rows: readonly IncidentRow[], id: string): IncidentRow | null {
  const at = rows.findIndex((r) => r.id === id);
  const waits = (r: IncidentRow) => r.status === "candidate" && !r.by_hand && r.id !== id;
  return rows.slice(at + 1).find(waits) ?? rows.find(waits) ?? null;
}

// shortTime is a time for a small cell: without fractions of seconds.
export function shortTime(text: string): string {
  return text.replace(/(:\d\d)\.\d+/, "$1");
}

// shortNames gives for the path of every member the name of its file, unless
// another member has a file of that name.
export function shortNames(members: readonly Pick<IncidentMember, "paths">[]): Map<string, string> {
  const paths = members.flatMap((m) => m.paths);
  const name = (path: string) => path.slice(path.lastIndexOf("/") + 1);
  const times = new Map<string, number>();
  for (const p of paths) times.set(name(p), (times.get(name(p)) ?? 0) + 1);
  return new Map(paths.filter((p) => times.get(name(p)) === 1).map((p) => [p, name(p)]));
}

// shortened writes names for the paths in a sentence, the longest path first,
// so that one that begins another is not taken for it.
export function shortened(text: string, names: ReadonlyMap<string, string>): string {
  let out = text;
  for (const path of [...names.keys()].filter((p) => text.includes(p)).sort((a, b) => b.length - a.length)) out = out.split(path).join(names.get(path));
  return out;
}
