// Two panes with a border between them that the keys and the mouse move.
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { fromRight, t } from "../text";
import css from "./SplitPane.module.css";
import { useVars } from "./vars";

interface Props {
  label: string; // what the border parts, for those who listen
  start: ComponentChildren;
  end: ComponentChildren;
  initial?: number; // per cent of the start pane
  least?: number; // per cent
  storeAs?: string; // keeps the place on this machine under this name
}

export function SplitPane({ label, start, end, initial = 60, least = 20, storeAs }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [share, setShare] = useState(() => kept(storeAs) ?? initial);
  useVars(box, { "--share": `${share}%` });
  const move = (to: number) => {
    const next = Math.round(Math.min(100 - least, Math.max(least, to)) * 10) / 10;
    setShare(next);
    if (storeAs) localStorage.setItem("split." + storeAs, String(next));
  };
  const drag = (event: PointerEvent) => {
    const edge = event.currentTarget as HTMLElement;
    if (!edge.hasPointerCapture(event.pointerId)) return;
    const at = box.current!.getBoundingClientRect();
    const from = (event.clientX - at.left) / at.width;
    move(100 * (fromRight() ? 1 - from : from));
  };
  const onKey = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 10 : 2;
    const on = fromRight() ? -step : step;
    const to = { ArrowLeft: share - on, ArrowRight: share + on, Home: least, End: 100 - least, Enter: initial }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(to);
  };
  return (
    <div ref={box} class={css["split"]}>
      <div class={css["pane"]}>{start}</div>
      <div
        class={css["edge"]}
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={label}
        aria-valuenow={Math.round(share)}
        aria-valuemin={least}
        aria-valuemax={100 - least}
        title={t("parts.split.hint")}
        onKeyDown={onKey}
        onDblClick={() => move(initial)}
        onPointerDown={(e) => e.currentTarget.setPointerCapture(e.pointerId)}
        onPointerMove={drag}
      />
      <div class={css["pane"]}>{end}</div>
    </div>
  );
}

function kept(name: string | undefined): number | null {
  const text = name ? localStorage.getItem("split." + name) : null;
  const n = text === null ? NaN : Number(text);
  return Number.isFinite(n) && n >= 0 && n <= 100 ? n : null;
}
