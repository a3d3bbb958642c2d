// Text as it was found in a file or at a source: shown as text only, in its
// own direction, with what cannot be seen made visible and its length bounded.
import { fromRight } from "../text";

export const longest = 4000; // characters shown of one text

// visible writes control characters as signs, so that they neither hide nor
// turn around what stands beside them; the rest of a longer text is left off.
// Where the page reads from the right, the program isolates names and times in
// its sentences: isolates that are ended, which turn nothing outside of them,
// stay there.
export function visible(text: string, most = longest): string {
  const shown = shortened(text, most);
  return signed(shown, fromRight() ? isolates(shown) : new Set());
}

function shortened(text: string, most: number): string {
  return text.length > most ? text.slice(0, most).replace(/[\ud800-\udbff]$/, "") + "…" : text;
}

// signed leaves the signs at the places in kept as they are.
function signed(text: string, kept: ReadonlySet<number>): string {
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, (c) => String.fromCodePoint(0x2400 + c.charCodeAt(0)))
    .replace(/\u007f/g, "␡")
    .replace(/[\u0080-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu, (c, at: number) => (kept.has(at) ? c : sign(c)));
}

function sign(c: string): string {
  return `⟨U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

// isolates are the places of the signs that isolate a part of a text from the
// direction of the rest, and end that again.
function isolates(text: string): Set<number> {
  const open: number[] = [];
  const kept = new Set<number>();
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "\u2066" || text[i] === "\u2068") open.push(i);
    else if (text[i] === "\u2069" && open.length > 0) kept.add(open.pop()!).add(i);
  }
  return kept;
}

export function Scraped({ children, most }: { children: string; most?: number }) {
  return <bdi dir="auto">{visible(children, most)}</bdi>;
}

// Said is a sentence of the program.
export function Said({ children, most }: { children: string; most?: number }) {
  return (
    <bdi dir="auto" data-said>
      {visible(children, most)}
    </bdi>
  );
}
