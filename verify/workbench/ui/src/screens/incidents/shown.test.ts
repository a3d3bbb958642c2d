import { describe, expect, it } from "vitest";
import type { IncidentMember, IncidentRow, IncidentSuggestion, When } from "../../api.gen";
import { mapMarks, nextCandidate, shortened, shortNames, shortTime, shownMembers, signed, strengthOf, timeMarks } from "./shown";

const when = (over: Partial<When>) => ({ earliest: "2026-05-16T10:00:00Z", latest: "2026-05-16T10:00:01Z", trust: "device", text: "16 May", not_after: false, ...over }) as When;
const member = (id: string, over: Record<string, unknown> = {}) =>
  ({ card: { id, name: id + ".jpg", time: when({}), place: { latitude: 1, longitude: 2, radius_m: null, trust: "device" } }, paths: [`phone/${id}.jpg`], role: "original", counts: true, copy_of: "", ...over }) as unknown as IncidentMember;
const row = (id: string, over: Partial<IncidentRow> = {}) => ({ id, status: "candidate", by_hand: false, latitude: null, longitude: null, ...over }) as IncidentRow;

describe("strengthOf", () => {
  it("says evidence in the words of the reports", () => {
    expect([7, 3, 1, 0.2, -1].map(strengthOf)).toEqual(["verystrong", "strong", "weak", "slight", "against"]);
    expect([signed(3.44), signed(-2)]).toEqual(["+3.4", "−2.0"]);
  });
});

describe("shownMembers", () => {
  it("puts copies under their original, and leaves a copy without one by itself", () => {
    const shown = shownMembers([member("a"), member("b", { role: "copy", copy_of: "a" }), member("c", { role: "copy", copy_of: "" })]);
    expect(shown.map((s) => [s.member.card.id, s.copies.length])).toEqual([
      ["a", 1],
      ["c", 0],
    ]);
  });
});

describe("marks", () => {
  const shown = shownMembers([member("a"), member("n", { card: { id: "n", name: "n", time: null, place: null } })]);
  const might = [{ card: member("s").card }] as unknown as IncidentSuggestion[];
  it("draws on the map what has a position, dashed what only might belong", () => {
    const marks = mapMarks(row("I-1", { latitude: 1, longitude: 2, radius_m: 50 }), shown, might, "a", new Set(["s"]), { self: "self", suggested: (n) => `maybe ${n}` });
    expect(marks.map((m) => [m.id, m.dashed ?? false, m.selected ?? false])).toEqual([
      ["I-1", false, false],
      ["a", false, true],
      ["s", true, false],
    ]);
  });
  it("draws only an end where nothing bounds the beginning, and no bar for no time", () => {
    const bound = shownMembers([member("a", { card: { id: "a", name: "a", place: null, time: when({ not_after: true, trust: "platform" }) } })]);
    const marks = timeMarks([...bound, shown[1]!], [], "", new Set(), "might belong");
    expect(marks).toHaveLength(1);
    expect(marks[0]).toMatchObject({ from: "2026-05-16T10:00:01Z", to: "2026-05-16T10:00:01Z", group: "phone" });
  });
});

describe("shortTime", () => {
  it("leaves fractions of seconds out and the zone in", () => {
    expect(shortTime("14 Mar 2025 11:30:00.417 Z")).toBe("14 Mar 2025 11:30:00 Z");
    expect(shortTime("13 Sep 2025, zone unknown")).toBe("13 Sep 2025, zone unknown");
  });
});

describe("shortened", () => {
  it("names files for their paths, where no other member has that name", () => {
    const names = shortNames([{ paths: ["phone/day/a.jpg", "x/twice.jpg"] }, { paths: ["y/twice.jpg", "phone/day/a.jpg.jpg"] }]);
    expect(shortened("phone/day/a.jpg.jpg: taken after phone/day/a.jpg, see x/twice.jpg", names)).toBe("a.jpg.jpg: taken after a.jpg, see x/twice.jpg");
  });
});

describe("nextCandidate", () => {
  it("passes over what was decided and what people wrote", () => {
    const rows = [row("a"), row("b", { status: "confirmed" }), row("c", { by_hand: true }), row("d")];
    expect(nextCandidate(rows, "a")?.id).toBe("d");
    expect(nextCandidate(rows, "d")?.id).toBe("a");
    expect(nextCandidate([row("a")], "a")).toBeNull();
  });
});
