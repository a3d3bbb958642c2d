// What the files of a question claim of their time and place, as marks of a
// timeline and a map.
import type { Card, ExerciseSubject } from "../../api.gen";
import type { TimeMark } from "../../parts/Timeline";
import type { MapMark } from "../../parts/WorldMap";
import type { Circle } from "../../parts/answer/WhereEntry";
import type { Interval } from "../../parts/answer/WhenEntry";
import { t } from "../../text";

function cards(subject: ExerciseSubject): Card[] {
  return subject.items.flatMap((item) => item.card ?? []);
}

// claims are the times that the files claim.
export function claims(subject: ExerciseSubject): TimeMark[] {
  return cards(subject).flatMap((c) => (c.time ? [{ id: c.id, from: c.time.earliest, to: c.time.latest, trust: c.time.trust, label: c.name, group: t("workshop.when.lane.files") }] : []));
}

// markOf is an interval in a lane of its own.
export function markOf(id: string, when: Interval, lane: string): TimeMark {
  return { id, from: when.earliest, to: when.latest, trust: id === "key" ? "device" : "derived", label: lane, group: lane, selected: id === "answer" };
}

// circleOf is a place on the map.
export function circleOf(id: string, where: Circle, label: string): MapMark {
  return { id, lat: where.latitude, lon: where.longitude, radiusM: where.radius_m, label, selected: id === "answer", trust: id === "key" ? "device" : "derived" };
}

const earth = 6_371_008.8; // metres, mean radius

// apart is the distance of two places in metres, along the ground.
export function apart(a: { latitude: number; longitude: number }, b: { latitude: number; longitude: number }): number {
  const rad = Math.PI / 180;
  const h = Math.sin(((b.latitude - a.latitude) * rad) / 2) ** 2 + Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * Math.sin(((b.longitude - a.longitude) * rad) / 2) ** 2;
  return 2 * earth * Math.asin(Math.min(1, Math.sqrt(h)));
}
