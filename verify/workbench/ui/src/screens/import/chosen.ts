// The folders that a person has chosen and not yet had read.
import type { SourceIn, SourceRow } from "../../api.gen";

// nameOf suggests the name of a source: that of its folder without characters
// that cannot be seen, or the one under which the case has this folder.
export function nameOf(dir: string, known: readonly SourceRow[]): string {
  const had = known.find((s) => s.dir === dir);
  if (had) return had.name;
  const last = dir.split(/[\\/]/).filter((part) => part !== "").at(-1) ?? dir;
  return last.replace(/[\p{Cc}\p{Cf}]/gu, "").replace(/\s+/g, " ").trim() || dir;
}

// isWhole says whether a path names a folder by itself.
export function isWhole(path: string): boolean {
  return path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path) || path.startsWith("\\\\");
}

// chosen is a folder as it is first put into the list.
export function chosen(dir: string, known: readonly SourceRow[]): SourceIn {
  const had = known.find((s) => s.dir === dir);
  return { dir, name: nameOf(dir, known), obtained: had?.obtained ?? "", zone: had?.zone ?? "", moved: false };
}

// tidied is a path as a person pastes it: quotes and a slash at the end go.
export function tidied(text: string): string {
  const path = text.trim().replace(/^(["'])(.*)\1$/, "$2");
  const local = /^file:\/\/(?:localhost)?(\/.*)$/.exec(path);
  const plain = local ? decoded(local[1]!).replace(/^\/([A-Za-z]:)/, "$1") : path;
  return plain.length > 1 && !/^[A-Za-z]:[\\/]$/.test(plain) ? plain.replace(/[\\/]+$/, "") || "/" : plain;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

// clashing is the source of the case that has the name of a chosen folder and
// lies elsewhere, if there is one.
export function clashing(of: SourceIn, known: readonly SourceRow[]): SourceRow | undefined {
  return known.find((s) => s.name === of.name.trim() && s.dir !== of.dir);
}
