// What the program ships of others, with the licence of each.
export interface Shipped {
  version?: string; // where the program itself does not know it
  licence: string; // as SPDX writes it
  text: string; // of the licence, whole
}

export interface ShippedPart extends Shipped {
  name: string;
  version: string;
}

// gathered joins the parts that the program was built from with their
// licences, and adds those of the page and the data. A part whose licence is
// not known is shown as such rather than left out.
export function gathered(parts: readonly { name: string; version: string }[], known: Readonly<Record<string, Shipped>>): ShippedPart[] {
  const built = parts.map((p) => ({ licence: "not known", text: "", ...known[p.name], ...p }));
  const names = new Set(parts.map((p) => p.name));
  const others = Object.entries(known)
    .filter(([name, k]) => !names.has(name) && k.version !== undefined)
    .map(([name, k]) => ({ ...k, name, version: k.version ?? "" }));
  return [...built, ...others].sort((a, b) => a.name.localeCompare(b.name, "en"));
}
