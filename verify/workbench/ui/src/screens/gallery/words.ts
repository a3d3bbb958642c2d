// An item of the gallery in words: what its cell says, and what those who
// listen are told.
import type { Card } from "../../api.gen";
import { inRow, t } from "../../text";

// shortTime is a time in the room of a cell: to the minute.
export function shortTime(card: Card): string {
  if (!card.time) return t("gallery.noTime");
  const text = card.time.text.replace(/(\d\d:\d\d):\d\d(\.\d+)?/g, "$1").replace(/, zone unknown$/, " · " + t("gallery.zoneUnknown"));
  return card.time.not_after ? t("gallery.notAfter", { time: text }) : text;
}

// duration is a length as m:ss or h:mm:ss.
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

const kinds = { image: "gallery.kind.image", video: "gallery.kind.video", audio: "gallery.kind.audio", document: "gallery.kind.document" } as const;

export function kindWord(kind: string): string {
  return t(kinds[kind as keyof typeof kinds] ?? "gallery.kind.other");
}

const trusts = { device: "gallery.trust.device", platform: "gallery.trust.platform", derived: "gallery.trust.derived" } as const;

// trustWord says whose word a time is.
export function trustWord(trust: string): string {
  return t(trusts[trust as keyof typeof trusts] ?? "gallery.trust.none");
}

// more is what an item's cell shows by signs alone, in words: kind, trust of
// its time, warning, copies and what people decided. What is to be seen is the
// name of the picture itself.
export function more(card: Card): string {
  const parts = [kindWord(card.kind) + (card.seconds > 0 ? " " + duration(card.seconds) : "")];
  if (card.time) parts.push(trustWord(card.time.trust));
  if (card.warning === "moderate" || card.warning === "severe") parts.push(t(`gallery.warningIs.${card.warning}`));
  if (card.copies > 1) parts.push(t("gallery.copies", { n: card.copies }));
  if (card.notes > 0) parts.push(t("gallery.notesOf", { n: card.notes }));
  if (card.pinned) parts.push(t("gallery.isPinned"));
  if (card.set_aside) parts.push(t("gallery.isAside"));
  if (!card.readable && (card.kind === "image" || card.kind === "video")) parts.push(t("gallery.unreadable"));
  return inRow(parts);
}
