// A text that its author wrote in one or several languages, as exercises hold
// theirs. It comes from a file of somebody else: shown as text only.
import { language } from "../text";
import { visible } from "./Scraped";

// Words is a text by BCP 47 tag.
export type Words = Readonly<Record<string, string>>;

// inWords gives a text in the language of the page; in English where it is
// missing, else in the first of the others by tag.
export function inWords(words: Words): { text: string; lang: string } {
  const lang = [language(), "en", ...Object.keys(words).sort()].find((tag) => words[tag]) ?? "";
  return { text: words[lang] ?? "", lang };
}

export function Worded({ words, most = 400 }: { words: Words; most?: number }) {
  const { text, lang } = inWords(words);
  return (
    <bdi dir="auto" lang={lang || undefined}>
      {visible(text, most)}
    </bdi>
  );
}

// Paragraphs shows a longer text, split at its empty lines.
export function Paragraphs({ words, most = 10_000 }: { words: Words; most?: number }) {
  const { text, lang } = inWords(words);
  return (
    <>
      {visible(text, most)
        .split(/\n\s*\n/)
        .filter((part) => part.trim() !== "")
        .map((part, i) => (
          <p key={i} dir="auto" lang={lang || undefined}>
            {part}
          </p>
        ))}
    </>
  );
}
