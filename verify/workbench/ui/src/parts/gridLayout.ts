// Where the items of a grid stand: pure arithmetic, so that a grid of any
// number of items draws only those in sight.

// Section is a stretch of items under one heading.
export interface Section {
  label: string;
  from: number; // position of its first item
  count: number;
}

// Shape is how items are laid out, in px.
export interface Shape {
  columns: number;
  row: number; // height of a row with the gap below it
  head: number; // height of a heading, 0 where there are none
}

// Placed is a section with where it begins.
export interface Placed extends Section {
  top: number;
  rows: number;
}

export interface Layout {
  shape: Shape;
  sections: readonly Placed[];
  height: number;
}

// lay places sections; without any, all items are in one without a heading.
export function lay(count: number, sections: readonly Section[], shape: Shape): Layout {
  const all = sections.length > 0 ? sections : [{ label: "", from: 0, count }];
  let top = 0;
  const placed = all.map((s) => {
    const rows = Math.ceil(s.count / shape.columns);
    const at: Placed = { ...s, top, rows };
    top += shape.head + rows * shape.row;
    return at;
  });
  return { shape, sections: placed, height: top };
}

// Row is one line of items.
export interface Row {
  top: number;
  from: number; // position of its first item
  to: number; // after its last
}

// Seen is what of a section is in sight: its heading stands at its top.
export interface Seen {
  section: Placed;
  rows: Row[];
}

// inSight gives the rows between two heights.
export function inSight(at: Layout, from: number, to: number): Seen[] {
  const { columns, row, head } = at.shape;
  const seen: Seen[] = [];
  for (let i = firstAt(at.sections, from); i < at.sections.length; i++) {
    const section = at.sections[i]!;
    if (section.top >= to) break;
    const body = section.top + head;
    const first = Math.max(0, Math.floor((from - body) / row));
    const last = Math.min(section.rows, Math.ceil((to - body) / row));
    const rows: Row[] = [];
    for (let r = first; r < last; r++) {
      const begin = section.from + r * columns;
      rows.push({ top: body + r * row, from: begin, to: Math.min(begin + columns, section.from + section.count) });
    }
    seen.push({ section, rows });
  }
  return seen;
}

// firstAt finds the last section that begins at a height or above it.
function firstAt(sections: readonly Placed[], y: number): number {
  let low = 0;
  let high = sections.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sections[middle]!.top <= y) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

// sectionOf finds the section of a position.
export function sectionOf(at: Layout, position: number): number {
  let low = 0;
  let high = at.sections.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at.sections[middle]!.from <= position) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

// bandOf is the height at which the row of a position begins and ends.
export function bandOf(at: Layout, position: number): { top: number; bottom: number } {
  const { columns, row, head } = at.shape;
  const section = at.sections[sectionOf(at, position)];
  if (!section) return { top: 0, bottom: 0 };
  const top = section.top + head + Math.floor((position - section.from) / columns) * row;
  return { top, bottom: top + row };
}

export type Step = "left" | "right" | "up" | "down" | "first" | "last" | "pageUp" | "pageDown";

// aside is the step to what lies on that side as the page reads.
export function aside(side: "left" | "right", turned: boolean): Step {
  return turned === (side === "left") ? "right" : "left";
}

// move is the position that a step leads to; page is how many rows a page has.
export function move(at: Layout, position: number, step: Step, page: number): number {
  const last = at.sections.at(-1);
  const end = last ? last.from + last.count - 1 : -1;
  if (end < 0) return 0;
  switch (step) {
    case "left":
      return Math.max(0, position - 1);
    case "right":
      return Math.min(end, position + 1);
    case "first":
      return 0;
    case "last":
      return end;
    case "up":
    case "pageUp":
      return moveRows(at, position, step === "up" ? -1 : -Math.max(1, page));
    case "down":
    case "pageDown":
      return moveRows(at, position, step === "down" ? 1 : Math.max(1, page));
  }
}

// moveRows goes up or down by rows in the same column, over headings; it stays
// at the edge, and at the nearest item where a row is shorter.
function moveRows(at: Layout, position: number, rows: number): number {
  const { columns } = at.shape;
  let index = sectionOf(at, position);
  let section = at.sections[index]!;
  const column = (position - section.from) % columns;
  let row = Math.floor((position - section.from) / columns) + rows;
  while (row < 0 && index > 0) {
    section = at.sections[--index]!;
    row += section.rows;
  }
  while (row >= section.rows && index < at.sections.length - 1) {
    row -= section.rows;
    section = at.sections[++index]!;
  }
  row = Math.min(Math.max(row, 0), section.rows - 1);
  return section.from + Math.min(row * columns + column, section.count - 1);
}

// columnsFor is how many cells of a width fit, and how large they are so that
// no more than most are drawn in a window of a size.
export function columnsFor(width: number, height: number, cell: { width: number; picture: number; words: number; gap: number }, most: number): { columns: number; scale: number } {
  for (let scale = 1; ; scale += 0.1) {
    const columns = Math.floor((width + cell.gap) / (cell.width * scale + cell.gap)) || 1;
    const rows = Math.ceil(height / (cell.picture * scale + cell.words + cell.gap)) + 1 + 2 * overscan;
    if (columns * rows <= most || columns === 1) return { columns, scale: Math.round(scale * 10) / 10 };
  }
}

// overscan is how many rows are drawn above and below what is in sight.
export const overscan = 1;
