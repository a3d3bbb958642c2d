import { useMemo, useRef, useState } from "preact/hooks";
import { count, t } from "../../text";
import { Scraped, visible } from "../Scraped";
import { TableSwitch } from "../chart/TableSwitch";
import chart from "../chart/chart.module.css";
import { Axis, axisHeight } from "./Axis";
import { Bunches, bunchTime, timeOf } from "./Bunches";
import { offsetText, spanText, starts, stepFor, type Zone } from "./calendar";
import { Density } from "./Density";
import { lanesOf, mostAlone, type Lanes } from "./lanes";
import { binAt, binned, bunched, coreWindow, countOf, fitWindow, packed, shiftedWindow, zoomedWindow, type Bin, type Bunch, type Span, type Window } from "./spans";
import { useNights } from "./useNights";
import { usePointer } from "./usePointer";
import { useRange, type Range } from "./useRange";
import css from "./timeline.module.css";

interface Props {
  label: string;
  spans: readonly Span[];
  without: number; // marks that have no time
  zone: Zone;
  zoned: boolean; // somebody stated the zone
  range: Range | null;
  onRange?: ((range: Range | null) => void) | undefined;
  onPick?: ((id: string) => void) | undefined;
  place: { lat: number; lon: number } | null;
  width: number;
  height: number;
}

const laneNames = 132; // pixels

// Plot draws a timeline and answers keys and mouse.
export function Plot({ label, spans, without, zone, zoned, range, onRange, onPick, place, width, height }: Props) {
  const [chosen, setChosen] = useState<Window | null>(null); // null: nobody moved it yet
  const fitted = useMemo(() => coreWindow(spans), [spans]);
  const all = useMemo(() => fitWindow(spans), [spans]);
  const window = chosen ?? fitted;
  const lanes = useMemo(() => lanesOf(spans), [spans]);
  const wide = lanes.names.length > 0 ? Math.max(120, width - laneNames) : width;
  const x = (at: number): number => ((at - window.from) / (window.to - window.from)) * wide;
  const plotHeight = Math.max(height - axisHeight, 24);
  const [pointedBunch, setPointedBunch] = useState<Bunch | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const svg = useRef<SVGSVGElement>(null);

  const step = stepFor(window.to - window.from, Math.max(20, Math.min(200, Math.floor(wide / 6))));
  const edges = useMemo(() => starts(step, window.from, window.to, zone), [window, step, zone]);
  const seen = useMemo(() => spans.filter((s) => s.to >= window.from && s.from <= window.to), [spans, window]);
  const dense = lanes.names.length === 0 && (countOf(seen) > mostAlone(plotHeight) || seen.some((s) => s.mark.count !== undefined));
  const bins = useMemo(() => (dense ? binned(seen, edges) : []), [dense, seen, edges]);
  const rows = lanes.names.length === 0 && !dense ? packed(seen, x) : null;
  const bunches = dense ? [] : bunched(seen, rows ? (s) => rows.row.get(s.mark.id) ?? 0 : lanes.laneOf, x, wide);
  const rowHeight = rows ? Math.min(22, (plotHeight - 4) / Math.max(1, rows.rows)) : laneHeight;
  const tall = rows || dense ? plotHeight : Math.max(plotHeight, lanes.names.length * laneHeight);

  const picking = useRange({ window, step, zone, edges, range, onRange, onWindow: setChosen });
  const nights = useNights(place, window);
  usePointer({ svg, window, width: wide, picks: onRange !== undefined, onWindow: setChosen, onDraft: picking.setDraft, onPick: picking.pick, onClick: picking.toggle, onPoint: setPointed });

  const open = (bunch: Bunch): void => {
    const only = bunch.spans.length === 1 ? bunch.spans[0] : undefined;
    if (only) return onPick?.(only.mark.id);
    setChosen(fitWindow(bunch.spans));
  };
  const centre = picking.cursor ?? (window.from + window.to) / 2;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!keyed(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const keyed = (event: KeyboardEvent): boolean => {
    switch (event.key) {
      case "ArrowLeft":
      case "ArrowRight":
        picking.move(event.key === "ArrowLeft" ? -1 : 1, event.shiftKey);
        return true;
      case "+":
      case "=":
        setChosen(zoomedWindow(window, 1 / 1.6, centre));
        return true;
      case "-":
      case "_":
        setChosen(zoomedWindow(window, 1.6, centre));
        return true;
      case "0":
        setChosen(all);
        return true;
      case "PageUp":
      case "PageDown":
        setChosen(shiftedWindow(window, event.key === "PageUp" ? -0.8 : 0.8));
        return true;
      case "Enter":
        if (!range) return false;
        setChosen({ from: Date.parse(range.from), to: Date.parse(range.to) });
        return true;
      case "Escape":
        if (!range || !onRange) return false;
        onRange(null);
        return true;
    }
    return false;
  };

  return (
    <div>
      <div class={css.tools}>
        <span class={css.said} aria-live="off">
          {pointedBunch ? <Pointed bunch={pointedBunch} zone={zone} /> : binText(bins, pointed ?? picking.cursor, zone)}
        </span>
        {onRange && (
          <button type="button" class={chart.control} disabled={!range} onClick={() => onRange(null)}>
            {t("timeline.clear")}
          </button>
        )}
        <Tool name="timeline.back" sign="‹" onClick={() => setChosen(shiftedWindow(window, -0.5))} />
        <Tool name="timeline.on" sign="›" onClick={() => setChosen(shiftedWindow(window, 0.5))} />
        <Tool name="timeline.in" sign="+" onClick={() => setChosen(zoomedWindow(window, 1 / 1.6, centre))} />
        <Tool name="timeline.out" sign="−" onClick={() => setChosen(zoomedWindow(window, 1.6, centre))} />
        <button type="button" class={chart.control} title={t("timeline.all.long")} disabled={window.from <= all.from && window.to >= all.to} onClick={() => setChosen(all)}>
          {t("timeline.all")}
        </button>
        <TableSwitch what="timeline" />
      </div>
      <div class={css.lanes} ref={(e) => e?.style.setProperty("max-height", `${plotHeight}px`)}>
        {lanes.names.length > 0 && <LaneNames lanes={lanes} />}
        <svg
          ref={svg}
          class={css.plot}
          width={wide}
          height={tall}
          tabindex={0}
          role="application"
          aria-label={t("timeline.name", { label: visible(label, 160), n: countOf(spans) })}
          onKeyDown={onKeyDown}
        >
          {nights.map((n) => (
            <rect key={n.from} class={css.night} x={x(n.from)} y={0} width={Math.max(0, x(n.to) - x(n.from))} height={tall} />
          ))}
          {!rows && !dense && lanes.names.map((n, i) => <line key={n} class={css.lane} x1={0} x2={wide} y1={(i + 1) * laneHeight} y2={(i + 1) * laneHeight} />)}
          {picking.shown && <rect class={css.range} x={x(picking.shown.from)} y={0} width={Math.max(1, x(picking.shown.to) - x(picking.shown.from))} height={tall} />}
          <Density bins={bins} x={x} height={tall} />
          <Bunches bunches={bunches} width={wide} zone={zone} y={(lane) => lane * rowHeight + rowHeight / 2 + (rows ? 2 : 0)} onOpen={open} onPoint={setPointedBunch} onLeave={() => svg.current?.focus()} />
          {picking.cursor !== null && <line class={css.cursor} x1={x(picking.cursor)} x2={x(picking.cursor)} y1={0} y2={tall} />}
        </svg>
      </div>
      <div class={lanes.names.length > 0 ? css.axisBeside : undefined}>
        <Axis window={window} width={wide} zone={zone} x={x} />
      </div>
      <div class={css.foot}>
        <span>
          {!zoned ? t("timeline.zone.none") : zone.name.includes("/") ? t("timeline.zone.named", { zone: zone.name, offset: offsetText(centre, zone) }) : t("timeline.zone", { zone: zone.name })}
          {nights.length > 0 && ` · ${t("timeline.night")}`}
          {without > 0 && ` · ${t("timeline.without", { n: without })}`}
        </span>
        <Outside spans={spans} window={window} all={all} onWindow={setChosen} />
        <span aria-live="polite">{picking.shown ? t("timeline.range", { span: spanText(picking.shown.from, picking.shown.to, zone) }) : spans.length === 0 ? t("timeline.empty") : ""}</span>
      </div>
    </div>
  );
}

// Outside says how many marks lie before and after what is seen, and shows them.
function Outside({ spans, window, all, onWindow }: { spans: readonly Span[]; window: Window; all: Window; onWindow: (window: Window) => void }) {
  const earlier = countOf(spans.filter((s) => s.to < window.from));
  const later = countOf(spans.filter((s) => s.from > window.to));
  return (
    <span class={css.outside}>
      {earlier > 0 && (
        <button type="button" class={chart.control} onClick={() => onWindow({ from: all.from, to: window.to })}>
          ‹ {t("timeline.earlier", { n: earlier })}
        </button>
      )}
      {later > 0 && (
        <button type="button" class={chart.control} onClick={() => onWindow({ from: window.from, to: all.to })}>
          {t("timeline.later", { n: later })} ›
        </button>
      )}
    </span>
  );
}

const laneHeight = 24;

function Tool({ name, sign, onClick }: { name: "timeline.back" | "timeline.on" | "timeline.in" | "timeline.out"; sign: string; onClick: () => void }) {
  return (
    <button type="button" class={chart.control} aria-label={t(name)} title={t(name)} onClick={onClick}>
      {sign}
    </button>
  );
}

function LaneNames({ lanes }: { lanes: Lanes }) {
  return (
    <ul class={css.names}>
      {lanes.names.map((n, i) => (
        <li key={n}>{lanes.others > 0 && i === lanes.names.length - 1 ? t("timeline.lane.other", { n: lanes.others }) : <Scraped most={80}>{n}</Scraped>}</li>
      ))}
    </ul>
  );
}

function Pointed({ bunch, zone }: { bunch: Bunch; zone: Zone }) {
  const only = bunch.spans.length === 1 ? bunch.spans[0] : undefined;
  if (!only) return <>{t("timeline.bunch", { n: countOf(bunch.spans), span: bunchTime(bunch, zone) })}</>;
  return (
    <>
      <Scraped most={120}>{only.mark.label}</Scraped>, {timeOf(only, zone)}
    </>
  );
}

// binText says what is in the bin that is pointed at.
function binText(bins: readonly Bin[], at: number | null, zone: Zone): string {
  if (at === null) return "";
  const bin = bins[binAt([...bins.map((b) => b.from), bins.at(-1)?.to ?? 0], at)];
  if (!bin) return "";
  const n = Math.round(bin.strong + bin.weak);
  const weak = Math.round(bin.weak);
  const span = spanText(bin.from, bin.to - 1000, zone);
  return weak > 0 ? t("timeline.bin.weak", { span, n, weak: count(weak) }) : t("timeline.bin", { span, n });
}
