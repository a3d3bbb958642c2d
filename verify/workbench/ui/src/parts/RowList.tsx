// A long list of rows of one height, of which only those in sight are drawn.
// It is one stop of the Tab key; the screen moves the current row by keys.
import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import css from "./RowList.module.css";
import { useVars } from "./vars";
import { windowOf } from "./rowWindow";

interface Props<T> {
  label: string;
  items: readonly T[];
  keyOf: (item: T) => string;
  current: number; // -1 for none
  row: number; // height of a row, px
  onCurrent: (index: number) => void;
  children: (item: T, index: number) => ComponentChildren;
}

export function RowList<T>({ label, items, keyOf, current, row, onCurrent, children }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const above = useRef<HTMLDivElement>(null);
  const below = useRef<HTMLDivElement>(null);
  const id = useId();
  const [seen, setSeen] = useState({ top: 0, height: 600 });
  const [from, to] = windowOf(seen.top, seen.height, row, items.length);
  useVars(box, { "--row-height": `${row}px` });
  useVars(above, { "--space": `${from * row}px` });
  useVars(below, { "--space": `${(items.length - to) * row}px` });
  const look = () => {
    const at = box.current;
    if (at) setSeen((was) => (was.top === at.scrollTop && was.height === at.clientHeight ? was : { top: at.scrollTop, height: at.clientHeight }));
  };
  useEffect(() => {
    const at = box.current;
    if (!at) return;
    const watch = new ResizeObserver(look);
    watch.observe(at);
    return () => watch.disconnect();
  }, []);
  useLayoutEffect(() => {
    const at = box.current;
    if (!at || current < 0) return;
    if (current * row < at.scrollTop) at.scrollTop = current * row;
    else if ((current + 1) * row > at.scrollTop + at.clientHeight) at.scrollTop = (current + 1) * row - at.clientHeight;
    look();
  }, [current, row, items.length]);
  const shown = current >= from && current < to;
  return (
    <div ref={box} class={css["list"]} role="listbox" tabIndex={0} aria-label={label} aria-activedescendant={shown ? `${id}-${current}` : undefined} onScroll={look}>
      <div ref={above} class={css["space"]} role="presentation" />
      {items.slice(from, to).map((item, i) => (
        <div
          key={keyOf(item)}
          id={`${id}-${from + i}`}
          class={css["row"]}
          role="option"
          aria-selected={from + i === current}
          aria-posinset={from + i + 1}
          aria-setsize={items.length}
          onClick={() => onCurrent(from + i)}
        >
          {children(item, from + i)}
        </div>
      ))}
      <div ref={below} class={css["space"]} role="presentation" />
    </div>
  );
}
