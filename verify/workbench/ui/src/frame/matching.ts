// matching are the things whose words hold everything that was typed, in any
// order, those that begin with it first.
export function matching<T extends { words: string }>(all: readonly T[], typed: string): T[] {
  const parts = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = (words: string) => (words.toLowerCase().startsWith(parts[0] ?? "") ? 0 : 1);
  return all
    .filter((c) => parts.every((p) => c.words.toLowerCase().includes(p)))
    .map((c, i) => ({ c, i }))
    .sort((a, b) => rank(a.c.words) - rank(b.c.words) || a.i - b.i)
    .map((x) => x.c);
}
