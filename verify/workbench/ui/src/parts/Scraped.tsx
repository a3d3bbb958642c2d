// Text as it was found in a file or at a source: shown as text only, in its
// own direction, with what cannot be seen made visible and its length bounded.
export const longest = 4000; // characters shown of one text

// visible writes control characters as signs, so that they neither hide nor
// turn around what stands beside them; the rest of a longer text is left off.
export function visible(text: string, most = longest): string {
  const cut = text.length > most ? text.slice(0, most).replace(/[\ud800-\udbff]$/, "") + "…" : text;
  return cut
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, (c) => String.fromCodePoint(0x2400 + c.charCodeAt(0)))
    .replace(/\u007f/g, "␡")
    .replace(/[\u0080-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu, sign);
}

function sign(c: string): string {
  return `⟨U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

export function Scraped({ children, most }: { children: string; most?: number }) {
  return <bdi dir="auto">{visible(children, most)}</bdi>;
}
