// Covers over parts of a picture, and the tool that draws them by mouse or
// keys.
import { useRef, useState } from "preact/hooks";
import { between, fit, moved, type Mask } from "../mask";
import { t } from "../text";
import { Button } from "./Button";
import css from "./Masks.module.css";
import { useVars } from "./vars";

export type { Mask };

// Masks are the covers as they lie over a revealed picture.
export function Masks({ masks }: { masks: readonly Mask[] }) {
  return (
    <>
      {masks.map((m, i) => (
        <Cover key={i} mask={m} />
      ))}
    </>
  );
}

function Cover({ mask }: { mask: Mask }) {
  const box = useRef<HTMLSpanElement>(null);
  useVars(box, vars(mask));
  return <span ref={box} class={css["mask"]} aria-hidden="true" />;
}

function vars(m: Mask): Record<string, string> {
  return { "--mx": `${m.x * 100}%`, "--my": `${m.y * 100}%`, "--mw": `${m.width * 100}%`, "--mh": `${m.height * 100}%` };
}

// Covering is the drawing of covers: what is drawn is kept when it is done.
export interface Covering {
  draft: readonly Mask[] | null; // null while nothing is drawn
  change: (draft: Mask[]) => void;
  begin: () => void;
  done: () => void;
  drop: () => void;
}

// useCovering holds the covers while they are drawn.
export function useCovering(masks: readonly Mask[], onMasks: ((masks: Mask[]) => void) | undefined): Covering {
  const [draft, setDraft] = useState<Mask[] | null>(null);
  return {
    draft,
    change: setDraft,
    begin: () => setDraft([...masks]),
    drop: () => setDraft(null),
    done: () => {
      if (draft && JSON.stringify(draft) !== JSON.stringify(masks)) onMasks?.(draft);
      setDraft(null);
    },
  };
}

// MaskEditor lies over a picture while covers are drawn.
export function MaskEditor({ draft, onChange }: { draft: readonly Mask[]; onChange: (draft: Mask[]) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const [from, setFrom] = useState<{ x: number; y: number } | null>(null);
  const [drawn, setDrawn] = useState<Mask | null>(null);
  const point = (event: PointerEvent) => {
    const at = box.current!.getBoundingClientRect();
    return { x: (event.clientX - at.left) / at.width, y: (event.clientY - at.top) / at.height };
  };
  const replace = (i: number, mask: Mask | null) => onChange(draft.flatMap((m, k) => (k !== i ? [m] : mask ? [mask] : [])));
  return (
    <div
      ref={box}
      class={css["editor"]}
      onPointerDown={(e) => {
        if (e.target !== box.current) return;
        e.currentTarget.setPointerCapture(e.pointerId);
        setFrom(point(e));
      }}
      onPointerMove={(e) => from && setDrawn(between(from, point(e)))}
      onPointerUp={() => {
        if (drawn) onChange([...draft, drawn]);
        setFrom(null);
        setDrawn(null);
      }}
    >
      {drawn && <Cover mask={drawn} />}
      {draft.map((m, i) => (
        <Handle key={i} nr={i + 1} mask={m} onChange={(next) => replace(i, next)} />
      ))}
    </div>
  );
}

// MaskTools are the buttons beside a picture whose covers are drawn.
export function MaskTools({ draft, onChange, onDone }: { draft: readonly Mask[]; onChange: (draft: Mask[]) => void; onDone: () => void }) {
  return (
    <div class={css["tools"]}>
      <Button small icon="add" onClick={() => onChange([...draft, fit({ x: 0.35, y: 0.35, width: 0.3, height: 0.3 })])}>
        {t("parts.mask.add")}
      </Button>
      <Button small disabled={draft.length === 0} onClick={() => onChange(draft.slice(0, -1))}>
        {t("parts.mask.remove")}
      </Button>
      <Button small icon="check" onClick={onDone}>
        {t("parts.mask.done")}
      </Button>
      <span class={css["hint"]}>{t("parts.mask.hint")}</span>
    </div>
  );
}

function Handle({ nr, mask, onChange }: { nr: number; mask: Mask; onChange: (mask: Mask | null) => void }) {
  const box = useRef<HTMLButtonElement>(null);
  useVars(box, vars(mask));
  const percent = (x: number) => Math.round(x * 100);
  return (
    <button
      ref={box}
      type="button"
      class={`${css["mask"]} ${css["handle"]}`}
      aria-label={t("parts.mask.one", { n: nr, x: percent(mask.x), y: percent(mask.y), w: percent(mask.width), h: percent(mask.height) })}
      onKeyDown={(event) => {
        const next = event.key === "Delete" || event.key === "Backspace" ? null : moved(mask, event.key, event.shiftKey);
        if (next === null && !["Delete", "Backspace"].includes(event.key)) return;
        event.preventDefault();
        event.stopPropagation();
        onChange(next);
      }}
    />
  );
}
