// A list of any number of items in rows of cells, of which only those in sight
// are drawn. It is a listbox: the list itself holds the focus and names the
// active item, each of which knows its position and how many there are.
import type { ComponentChildren } from "preact";
import { memo } from "preact/compat";
import { useCallback, useEffect, useId, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Ref } from "preact";
import css from "./Grid.module.css";
import { bandOf, columnsFor, inSight, lay, move, overscan, type Layout, type Row, type Section, type Step } from "./gridLayout";
import { Scraped } from "./Scraped";
import { count } from "../text";
import { useVars } from "./vars";

export type { Section, Step } from "./gridLayout";

// GridHandle lets a screen move the active item by its keys.
export interface GridHandle {
  after: (step: Step) => number; // the position that a step leads to
  show: (position: number) => void; // scrolls it into sight
  focus: () => void;
}

interface Props {
  label: string;
  count: number;
  sections?: readonly Section[];
  cell: Cell;
  active: number; // position, -1 for none
  picked: (position: number) => boolean;
  item: (position: number) => ComponentChildren;
  more: (position: number) => string; // what those who listen are told beside what is seen
  onActive: (position: number, event: MouseEvent) => void;
  onOpen: (position: number) => void;
  onSight: (from: number, to: number) => void; // positions in sight, after scrolling has come to rest
  handle?: Ref<GridHandle>;
}

// Cell is the size of an item, px. One with width 0 takes the whole row.
export interface Cell {
  width: number;
  picture: number;
  words: number;
  gap: number;
}

const mostCells = 55; // drawn at a time
const mostLines = 34; // which hold more elements each
const narrow = 480; // px of a window in which two cells shall still stand beside each other
const narrowCell = 140;
const head = 36; // px of a heading
const edge = 12; // px kept above and below the rows together
const rest = 60; // ms without scrolling until what is in sight is asked for

const none: readonly Section[] = [];

export function Grid(p: Props) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const size = useSize(box);
  const sections = p.sections ?? none;
  const { columns, scale, words } = useMemo(() => shapeOf(p.cell, size), [size, p.cell]);
  const row = Math.round(p.cell.picture * scale) + words + p.cell.gap;
  const shape = useMemo(() => ({ columns, row, head: sections.length > 0 ? head : 0 }), [columns, row, sections.length > 0]);
  const layout = useMemo(() => lay(p.count, sections, shape), [p.count, sections, shape]);
  const [top, setTop] = useState(0);
  const y = Math.min(top, Math.max(0, layout.height - size.height));
  useSight(layout, y, size.height, p.onSight);

  const show = useCallback(
    (position: number) => {
      const at = box.current;
      if (!at || position < 0) return;
      const { top, bottom } = bandOf(layout, position);
      if (top - layout.shape.head < at.scrollTop) at.scrollTop = top - layout.shape.head;
      else if (bottom + edge > at.scrollTop + at.clientHeight) at.scrollTop = bottom + edge - at.clientHeight;
    },
    [layout],
  );
  useImperativeHandle(
    p.handle ?? null,
    () => ({
      after: (step) => move(layout, Math.max(0, p.active), step, Math.max(1, Math.floor(size.height / row) - 1)),
      show,
      focus: () => box.current?.focus({ preventScroll: true }),
    }),
    [layout, p.active, size.height, row, show],
  );

  const seen = size.height === 0 ? [] : inSight(layout, y - overscan * row, y + size.height + (overscan + 1) * row);
  const bottom = useRef<HTMLDivElement>(null);
  useVars(bottom, { "--height": `${layout.height}px`, "--columns": String(columns), "--row": `${row - p.cell.gap}px`, "--gap": `${p.cell.gap}px`, "--cell-tall": `${Math.round(p.cell.picture * scale)}px` });
  useAnchor(box, layout, p.active, size.height); // after the height is set: there has to be something to scroll
  const option = (position: number) => `${id}-${position}`;
  return (
    <div
      ref={box}
      class={css["grid"]}
      data-lines={p.cell.width === 0 || undefined}
      role="listbox"
      tabIndex={0}
      aria-label={p.label}
      aria-multiselectable="true"
      aria-activedescendant={p.active >= 0 && isDrawn(seen, p.active) ? option(p.active) : undefined}
      onScroll={(e) => setTop(Math.floor(e.currentTarget.scrollTop / row) * row)}
    >
      <div ref={bottom} class={css["all"]} role="presentation">
        {seen.map(({ section, rows }) => (
          <Part key={`${section.label}-${section.from}`} label={section.label} count={section.count} id={`${id}-h${section.from}`} top={section.top}>
            {rows.map((r) => (
              <Line key={r.from} row={r}>
                {Array.from({ length: r.to - r.from }, (_, i) => r.from + i).map((position) => (
                  <div
                    key={position}
                    id={option(position)}
                    class={css["option"]}
                    role="option"
                    aria-posinset={position + 1}
                    aria-setsize={p.count}
                    aria-selected={p.picked(position)}
                    aria-description={p.more(position) || undefined}
                    data-active={position === p.active || undefined}
                    onClick={(e) => p.onActive(position, e)}
                    onDblClick={() => p.onOpen(position)}
                  >
                    {p.item(position)}
                  </div>
                ))}
              </Line>
            ))}
          </Part>
        ))}
      </div>
    </div>
  );
}

// shapeOf is how many cells stand beside each other and how large they are. In
// a very large window they are larger, so that no more are drawn.
function shapeOf(cell: Cell, size: { width: number; height: number }): { columns: number; scale: number; words: number } {
  if (cell.width > 0) {
    const width = size.width < narrow ? Math.min(cell.width, narrowCell) : cell.width;
    return { ...columnsFor(size.width, size.height, { ...cell, width }, mostCells), words: cell.words };
  }
  return { columns: 1, scale: 1, words: Math.max(cell.words, Math.ceil(size.height / (mostLines - 1 - 2 * overscan))) };
}

// Part is a section: a group with a heading, or all of the list.
function Part({ label, count: n, id, top, children }: { label: string; count: number; id: string; top: number; children: ComponentChildren }) {
  const heading = useRef<HTMLDivElement>(null);
  useVars(heading, { "--top": `${top}px` });
  if (label === "") return <>{children}</>;
  return (
    <div role="group" aria-labelledby={id}>
      <div ref={heading} id={id} class={css["heading"]} role="presentation">
        <Scraped most={120}>{label}</Scraped>
        <span>{count(n)}</span>
      </div>
      {children}
    </div>
  );
}

const Line = memo(function Line({ row, children }: { row: Row; children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  useVars(box, { "--top": `${row.top}px` });
  return (
    <div ref={box} class={css["line"]} role="presentation">
      {children}
    </div>
  );
});

function isDrawn(seen: readonly { rows: readonly Row[] }[], position: number): boolean {
  return seen.some((s) => s.rows.some((r) => position >= r.from && position < r.to));
}

// useSize is the size of the window onto the list.
function useSize(box: { current: HTMLElement | null }): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const at = box.current;
    if (!at) return;
    const measure = () => {
      const style = getComputedStyle(at);
      const width = at.clientWidth - (parseFloat(style.paddingLeft) || 0) - (parseFloat(style.paddingRight) || 0);
      const height = at.clientHeight;
      setSize((was) => (was.width === width && was.height === height ? was : { width, height }));
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(at);
    return () => watch.disconnect();
  }, []);
  return size;
}

// useAnchor scrolls to where the person was once there is something to scroll,
// and keeps the same item in sight when the rows become others.
function useAnchor(box: { current: HTMLElement | null }, layout: Layout, active: number, height: number): void {
  const before = useRef<Layout | null>(null);
  useLayoutEffect(() => {
    const at = box.current;
    if (!at || height === 0 || layout.height === 0) return;
    const was = before.current;
    before.current = layout;
    if (was?.shape === layout.shape) return;
    if (!was) {
      const band = bandOf(layout, active);
      if (band.bottom > height) at.scrollTop = band.top - height / 3;
      return;
    }
    const band = bandOf(was, active);
    const seen = band.bottom > at.scrollTop && band.top < at.scrollTop + height;
    const kept = seen ? active : (inSight(was, at.scrollTop, at.scrollTop + height)[0]?.rows[0]?.from ?? 0);
    at.scrollTop += bandOf(layout, kept).top - bandOf(was, kept).top;
  }, [layout, height]);
}

// useSight tells which items are in sight when scrolling has come to rest.
function useSight(layout: Layout, y: number, height: number, tell: (from: number, to: number) => void): void {
  const latest = useRef(tell);
  latest.current = tell;
  useEffect(() => {
    if (height === 0) return;
    const rows = inSight(layout, y - height / 2, y + height * 1.5).flatMap((s) => s.rows);
    const first = rows[0];
    const last = rows.at(-1);
    if (!first || !last) return;
    const timer = setTimeout(() => latest.current(first.from, last.to), rest);
    return () => clearTimeout(timer);
  }, [layout, y, height]);
}
