import { h, render } from "preact";
import { expect, test } from "vitest";
import { Said, visible } from "./Scraped";

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

test("isolates stay where the program put them, and nowhere else", () => {
  const text = "\u2068path\u2069 and \u2068open, \u202eturned";
  const shown = (dir: string) => {
    document.documentElement.dir = dir;
    const box = document.createElement("div");
    render(h(Said, { children: text }), box);
    document.documentElement.dir = "";
    return box.textContent;
  };
  expect(shown("rtl")).toBe("\u2068path\u2069 and ⟨U+2068⟩open, ⟨U+202E⟩turned");
  expect(shown("")).toBe(visible(text));
  expect(visible(text)).toBe("⟨U+2068⟩path⟨U+2069⟩ and ⟨U+2068⟩open, ⟨U+202E⟩turned");
});
