// The range of a timeline as the terms after: and before: of a filter.
export interface Range {
  from: string; // RFC 3339
  to: string;
}

// termsOf cuts a filter at the spaces that stand in no quotes.
function termsOf(filter: string): string[] {
  return filter.match(/(?:[^\s"]|"(?:\\.|[^"\\])*"?)+/g) ?? [];
}

// bound is the value of a term that bounds the time, and which side it is of.
function bound(term: string): { side: "after" | "before"; value: string } | null {
  const match = /^(after|before):"?([^\s,"]+)"?$/i.exec(term);
  return match ? { side: match[1]!.toLowerCase() as "after" | "before", value: match[2]! } : null;
}

// rangeOf is the range that a filter has, null where it is open on a side.
export function rangeOf(filter: string): Range | null {
  const sides = { after: "", before: "" };
  for (const term of termsOf(filter)) {
    const one = bound(term);
    const at = one ? Date.parse(stamped(one.value)) : NaN;
    if (one && !Number.isNaN(at)) sides[one.side] = new Date(at).toISOString();
  }
  return sides.after === "" || sides.before === "" ? null : { from: sides.after, to: sides.before };
}

// stamped writes a moment of the filter language so that it is read in UTC
// where no zone is written.
function stamped(text: string): string {
  return /T/.test(text) && !/(Z|[+-]\d\d:\d\d)$/i.test(text) ? text + "Z" : text;
}

// withRange is a filter with another range, or without one.
export function withRange(filter: string, range: Range | null): string {
  const rest = termsOf(filter).filter((term) => bound(term) === null);
  if (range) rest.push(`after:${second(range.from)}`, `before:${second(range.to)}`);
  return rest.join(" ");
}

function second(iso: string): string {
  return new Date(iso).toISOString().replace(/\.\d+Z$/, "Z");
}
