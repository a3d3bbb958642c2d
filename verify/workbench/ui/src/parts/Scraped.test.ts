import { expect, test } from "vitest";
import { visible } from "./Scraped";

test("what cannot be seen is made visible, so that it hides and turns nothing", () => {
  expect(visible("photo\u202Egpj.exe")).toBe("photo⟨U+202E⟩gpj.exe");
  expect(visible("a\u0000b\u001bc\u007f")).toBe("a␀b␛c␡");
  expect(visible("a\u2066b\u2069\u200B\uFEFF")).toBe("a⟨U+2066⟩b⟨U+2069⟩⟨U+200B⟩⟨U+FEFF⟩");
  expect(visible("tag\u{e0041}")).toBe("tag⟨U+E0041⟩");
});

test("lines, scripts and emoji stay as they are", () => {
  for (const text of ["two\nlines\tand a tab", "میدان آزادی", "نمی\u200cخواهم", "👩\u200d👩\u200d👧", "<b>bold</b>"]) expect(visible(text)).toBe(text);
});

test("a long text is cut, never in the middle of a character", () => {
  expect(visible("abcdef", 3)).toBe("abc…");
  expect(visible("ab😀cd", 3)).toBe("ab…");
});

test("on pages that read from the right isolates stay where they are ended", () => {
  const text = "\u2068path\u2069 and \u2068open, \u2067turned\u2069 \u202eturned";
  expect(visible(text)).toBe("⟨U+2068⟩path⟨U+2069⟩ and ⟨U+2068⟩open, ⟨U+2067⟩turned⟨U+2069⟩ ⟨U+202E⟩turned");
  document.documentElement.dir = "rtl";
  const shown = visible("\u2068path\u2069 and \u2068open \u202eturned \u2067x");
  document.documentElement.dir = "";
  expect(shown).toBe("\u2068path\u2069 and ⟨U+2068⟩open ⟨U+202E⟩turned ⟨U+2067⟩x");
});
