// Pieces of evidence as a person gives them and as the program takes them:
// "url=…", "frame_ms=1200", "file_region=0.1,0.2,0.5,0.6" or
// "sat_image_date=2022-03-04".

export const kinds = ["url", "frame", "region", "satellite"] as const;
export type EvidenceKind = (typeof kinds)[number];

// written gives a piece of evidence as the program takes it, null where the
// words cannot be meant. A semicolon would begin another piece.
export function written(kind: EvidenceKind, words: string): string | null {
  const text = words.trim();
  if (text === "") return null;
  switch (kind) {
    case "url":
      return /^https?:\/\/\S+$/.test(text) ? "url=" + text.replaceAll(";", "%3B") : null;
    case "frame": {
      const ms = moment(text);
      return ms === null ? null : `frame_ms=${ms}`;
    }
    case "region": {
      const part = region(text);
      return part === null ? null : `file_region=${part.join(",")}`;
    }
    case "satellite":
      return isDay(text) ? `sat_image_date=${text}` : null;
  }
}

// moment reads 12.5, 1:02 or 1:02:03.25 as milliseconds.
export function moment(text: string): number | null {
  const parts = /^(?:(?:(\d+):)?([0-5]?\d):)?(\d{1,6}(?:\.\d{1,3})?)$/.exec(text);
  if (!parts) return null;
  const [, hours = "0", minutes = "0", seconds = "0"] = parts;
  if (text.includes(":") && Number(seconds) >= 60) return null;
  return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
}

// region reads left, top, right, bottom in per cent as parts of the picture.
export function region(text: string): [number, number, number, number] | null {
  const parts = text.split(/[\s,;]+/).map((p) => p.replace(/%$/, ""));
  if (parts.length !== 4 || parts.some((p) => !/^\d+(\.\d+)?$/.test(p))) return null;
  const [left, top, right, bottom] = parts.map((p) => Math.round(Number(p) * 100) / 10_000) as [number, number, number, number];
  return left < right && top < bottom && right <= 1 && bottom <= 1 ? [left, top, right, bottom] : null;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(text + "T00:00:00Z");
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
