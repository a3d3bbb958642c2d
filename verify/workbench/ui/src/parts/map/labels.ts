// Names on the map: the most important first, none over another.

export interface Name {
  text: string;
  x: number;
  y: number;
  kind: "country" | "town";
}

// Box is left, top, right and bottom, in pixels.
export type Box = readonly [number, number, number, number];

const letter = { country: 7.6, town: 6 }; // pixels of a letter, roughly
const line = 15;

// settle keeps the names that find room beside what is taken, in the order
// given, at most so many.
export function settle(names: readonly Name[], width: number, height: number, most: number, taken: readonly Box[] = []): Name[] {
  const kept: Name[] = [];
  const boxes: Box[] = [...taken];
  for (const name of names) {
    if (kept.length >= most) break;
    const wide = name.text.length * letter[name.kind];
    const left = name.kind === "country" ? name.x - wide / 2 : name.x + 5;
    const box: Box = [left - 4, name.y - line / 2 - 1, left + wide + 4, name.y + line / 2 + 1];
    if (box[0] < 2 || box[1] < 2 || box[2] > width - 2 || box[3] > height - 2) continue;
    if (boxes.some((b) => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1])) continue;
    boxes.push(box);
    kept.push(name);
  }
  return kept;
}
