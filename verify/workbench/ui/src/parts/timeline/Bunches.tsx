import { useRef } from "preact/hooks";
import { t } from "../../text";
import { visible } from "../Scraped";
import { TrustShape, trusted } from "../chart/TrustShape";
import { nextDot, type Dot } from "../map/cluster";
import { momentText, spanText, type Zone } from "./calendar";
import { countOf, strongest, type Bunch, type Span } from "./spans";
import css from "./timeline.module.css";

interface Props {
  bunches: readonly Bunch[];
  width: number;
  zone: Zone;
  y: (lane: number) => number; // of a lane's middle
  onOpen: (bunch: Bunch) => void;
  onPoint: (bunch: Bunch | null) => void;
  onLeave: () => void; // Esc
}

// Bunches draws marks with what is uncertain about their times, with one stop
// for the Tab key: from there the arrow keys go from mark to mark.
export function Bunches({ bunches, width, zone, y, onOpen, onPoint, onLeave }: Props) {
  const current = useRef("");
  const group = useRef<SVGGElement>(null);
  const stop = Math.max(0, bunches.findIndex((b) => b.key === current.current));

  const onKeyDown = (event: KeyboardEvent): void => {
    const at = bunches[stop];
    if (!at || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key.startsWith("Arrow")) {
      const dots = bunches.map((b): Dot => ({ key: b.key, x: b.x, y: y(b.lane), marks: [], count: 1, selected: false }));
      const next = nextDot(dots, stop, event.key);
      current.current = bunches[next]?.key ?? "";
      group.current?.querySelectorAll<SVGGElement>("[role=button]")[next]?.focus();
    } else if (event.key === "Enter" || event.key === " ") onOpen(at);
    else if (event.key === "Escape") onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <g ref={group} role="group" aria-label={t("timeline.marks")} onKeyDown={onKeyDown} onPointerLeave={() => onPoint(null)}>
      {bunches.map((b, i) => (
        <g
          key={b.key}
          class={b.selected ? css.bunchSelected : css.bunch}
          role="button"
          tabindex={i === stop ? 0 : -1}
          aria-label={nameOf(b, zone)}
          aria-pressed={b.selected}
          onClick={() => onOpen(b)}
          onPointerEnter={() => onPoint(b)}
          onFocus={() => {
            current.current = b.key;
            onPoint(b);
          }}
          onBlur={() => onPoint(null)}
        >
          <Shape bunch={b} y={y(b.lane)} width={width} />
        </g>
      ))}
    </g>
  );
}

function Shape({ bunch, y, width }: { bunch: Bunch; y: number; width: number }) {
  const left = Math.max(bunch.left, -4);
  const right = Math.min(bunch.right, width + 4);
  const trust = strongest(bunch.spans);
  const many = bunch.spans.length > 1;
  const suggested = bunch.spans.every((s) => s.mark.dashed);
  const wide = right - left > 12;
  return (
    <>
      <rect class={css.hit} x={Math.min(left, bunch.x - 12)} y={y - 11} width={Math.max(right - left, 24)} height={22} rx={4} />
      {wide && <rect class={suggested ? css.barSuggested : trusted(trust) ? css.bar : css.barWeak} x={left} y={y - 4} width={right - left} height={8} rx={4} />}
      {bunch.selected && <circle class={css.ring} cx={bunch.x} cy={y} r={9} />}
      {suggested ? <circle class={css.suggested} cx={bunch.x} cy={y} r={5} /> : <TrustShape trust={trust} x={bunch.x} y={y} r={5} />}
      {bunch.spans[0]?.open === "from" && !many && <path class={css.open} d={`M${bunch.x - 8} ${y}h-12m4 -3l-4 3l4 3`} />}
      {bunch.spans[0]?.open === "to" && !many && <path class={css.open} d={`M${bunch.x + 8} ${y}h12m-4 -3l4 3l-4 3`} />}
      {many && (
        <text class={css.many} x={bunch.x + 8} y={y + 3.5}>
          {countOf(bunch.spans)}
        </text>
      )}
    </>
  );
}

// timeOf writes what is known of a span's time.
export function timeOf(s: Span, zone: Zone): string {
  if (s.open === "from") return t("timeline.before", { at: momentText(s.to, zone) });
  if (s.open === "to") return t("timeline.after", { at: momentText(s.from, zone) });
  return spanText(s.from, s.to, zone);
}

// nameOf is what a bunch is called for those who hear it.
export function nameOf(bunch: Bunch, zone: Zone): string {
  const only = bunch.spans.length === 1 ? bunch.spans[0] : undefined;
  return only ? `${visible(only.mark.label, 160)}, ${timeOf(only, zone)}` : t("timeline.bunch", { n: countOf(bunch.spans), span: bunchTime(bunch, zone) });
}

// bunchTime is the time within which all spans of a bunch lie.
export function bunchTime(bunch: Bunch, zone: Zone): string {
  return spanText(Math.min(...bunch.spans.map((s) => s.from)), Math.max(...bunch.spans.map((s) => s.to)), zone);
}
