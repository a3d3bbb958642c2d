import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useKeys } from "../keys";
import { t } from "../text";
import { ChartTable } from "./chart/ChartTable";
import { useWidth } from "./chart/size";
import { Scraped, visible } from "./Scraped";
import { TableSwitch } from "./chart/TableSwitch";
import { labelOf, tables, toggleTables, trustText } from "./chart/tables";
import { cluster, type Dot, type MapMark } from "./map/cluster";
import { describe, Dots } from "./map/Dots";
import { Ground } from "./map/Ground";
import { useMotion } from "./map/motion";
import { useTowns } from "./map/names";
import type { Box } from "./map/labels";
import { metres } from "./measure";
import { coordinates, scaleBar } from "./map/scale";
import { bounded, fit, moved, projectionOf, zoomed, type Size, type View } from "./map/view";
import { useWorld } from "./map/useWorld";
import chart from "./chart/chart.module.css";
import css from "./map/map.module.css";

export type { MapMark } from "./map/cluster";

interface Props {
  label: string; // what the map is of
  marks: readonly MapMark[];
  onPick?: (id: string) => void;
  onPlace?: ((at: { lat: number; lon: number }) => void) | undefined; // a place is chosen: by a press, or by Enter at the cross
  height?: number;
}

// WorldMap shows where in the world things lie and how far apart. It is drawn
// here from data of the program itself and asks nothing of anybody.
export function WorldMap({ label, marks, onPick, onPlace, height = 320 }: Props) {
  const [box, width] = useWidth();
  const size = useMemo<Size>(() => ({ width, height }), [width, height]);
  useKeys("everywhere", { tables: toggleTables });
  return (
    <section class={css.map} aria-label={label}>
      <div ref={box}>
        {tables.value ? (
          <>
            <div class={css.above}>
              <TableSwitch what="map" />
            </div>
            <MapTable label={label} marks={marks} height={height} onPick={onPick} />
          </>
        ) : (
          width > 0 && <Drawn label={label} marks={marks} onPick={onPick} onPlace={onPlace} size={size} />
        )}
      </div>
    </section>
  );
}

interface DrawnProps {
  label: string;
  marks: readonly MapMark[];
  onPick?: ((id: string) => void) | undefined;
  onPlace?: ((at: { lat: number; lon: number }) => void) | undefined;
  size: Size;
}

function Drawn({ label, marks, onPick, onPlace, size }: DrawnProps) {
  const [chosen, setChosen] = useState<View | null>(null); // null: all marks are shown
  const fitted = useMemo(() => fit(marks, size), [marks, size]);
  const view = useMemo(() => (chosen ? bounded(chosen, size) : fitted), [chosen, fitted, size]);
  const projection = useMemo(() => projectionOf(view, size), [view, size]);
  const [world, problem] = useWorld(view.mpp);
  const towns = useTowns(view, size);
  const dots = useMemo(() => cluster(marks, (lon, lat) => projection([lon, lat]), size.width, size.height), [marks, projection, size]);
  const taken = useMemo(() => takenBy(dots, size), [dots, size]);
  const [pointed, setPointed] = useState<Dot | null>(null);
  const [pointer, setPointer] = useState<[number, number] | null>(null);
  const [focused, setFocused] = useState(false);
  const [heap, setHeap] = useState<MapMark[]>([]); // marks that no zoom parts
  const svg = useRef<SVGSVGElement>(null);
  const moving = useRef<SVGGElement>(null);
  useMotion({ svg, moving, view, size, onView: setChosen, onPointer: setPointer });

  const open = (dot: Dot): void => {
    const only = dot.marks.length === 1 ? dot.marks[0] : undefined;
    if (only) return onPick?.(only.id);
    const close = fit(dot.marks.map(({ lat, lon }) => ({ lat, lon })), size);
    if (close.mpp < view.mpp * 0.8) setChosen(close);
    else if (spread(dot, view) && view.mpp > 1.01) setChosen(zoomed({ ...close, mpp: view.mpp }, size, 0.4));
    else setHeap(dot.marks);
  };
  const zoom = (factor: number): void => setChosen(zoomed(view, size, factor));

  const place = (lat: number, lon: number): void => {
    if (!onPlace || !Number.isFinite(lat) || !Number.isFinite(lon) || Math.abs(lat) > 90) return;
    setChosen(view); // the map stays where it is, whatever the new mark would fit
    onPlace({ lat, lon });
  };
  const onClick = (event: MouseEvent): void => {
    const frame = svg.current?.getBoundingClientRect();
    const at = frame && projection.invert?.([event.clientX - frame.left, event.clientY - frame.top]);
    if (at && !(event.target instanceof Element && event.target.closest("[role=button]"))) place(at[1], at[0]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && onPlace && event.target === svg.current) {
      event.preventDefault();
      event.stopPropagation();
      place(view.lat, view.lon);
      return;
    }
    const next = keyed(event.key, view, size);
    if (next === undefined) return;
    setChosen(next);
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class={css.frame}>
      <svg
        ref={svg}
        class={css.svg}
        width={size.width}
        height={size.height}
        tabindex={0}
        role="application"
        aria-label={t("map.name", { label: visible(label, 160), n: marks.length })}
        aria-busy={!world && !problem}
        data-placing={onPlace ? "" : undefined}
        onKeyDown={onKeyDown}
        onClick={onPlace ? onClick : undefined}
        onFocus={(e) => setFocused(e.target === e.currentTarget)}
        onBlur={() => setFocused(false)}
      >
        <g ref={moving}>
          <Ground view={view} size={size} projection={projection} world={world} towns={towns} taken={taken} />
          <Dots dots={dots} projection={projection} mpp={view.mpp} onOpen={open} onPoint={setPointed} onLeave={() => svg.current?.focus()} />
        </g>
        {focused && <path class={css.cross} d={`M${size.width / 2 - 8} ${size.height / 2}h16M${size.width / 2} ${size.height / 2 - 8}v16`} />}
        <ScaleBar mpp={view.mpp} y={size.height - 10} />
      </svg>
      <div class={css.tools}>
        <button type="button" class={chart.control} aria-label={t("map.in")} title={t("map.in")} onClick={() => zoom(1 / 1.6)}>
          +
        </button>
        <button type="button" class={chart.control} aria-label={t("map.out")} title={t("map.out")} onClick={() => zoom(1.6)}>
          −
        </button>
        <button type="button" class={chart.control} title={t("map.all.long")} disabled={chosen === null} onClick={() => setChosen(null)}>
          {t("map.all")}
        </button>
        <TableSwitch what="map" />
      </div>
      {heap.length > 0 && <Heap marks={heap} onPick={onPick} onClose={() => setHeap([])} />}
      <div class={css.foot}>
        <span class={css.said}>{problem ? t("map.failed") : pointed ? <Pointed dot={pointed} /> : <Credit empty={marks.length === 0 && !onPlace} />}</span>
        <span class={css.where}>{whereText(pointer, focused, view, size)}</span>
      </div>
    </div>
  );
}

// keyed is the view after a key; null shows all, undefined is no key of maps.
function keyed(key: string, view: View, size: Size): View | null | undefined {
  const step = 60;
  switch (key) {
    case "ArrowLeft":
      return moved(view, size, -step, 0);
    case "ArrowRight":
      return moved(view, size, step, 0);
    case "ArrowUp":
      return moved(view, size, 0, -step);
    case "ArrowDown":
      return moved(view, size, 0, step);
    case "+":
    case "=":
      return zoomed(view, size, 1 / 1.6);
    case "-":
    case "_":
      return zoomed(view, size, 1.6);
    case "0":
      return null;
  }
  return undefined;
}

// spread says whether marks that are one dot would part if the map were zoomed.
function spread(dot: Dot, view: View): boolean {
  const first = dot.marks[0]!;
  return dot.marks.some((m) => Math.max(Math.abs(m.lat - first.lat), Math.abs(m.lon - first.lon)) > 2e-5) && view.mpp > 1;
}

function whereText(pointer: [number, number] | null, focused: boolean, view: View, size: Size): string {
  if (pointer) {
    const at = projectionOf(view, size).invert?.(pointer);
    if (at && Number.isFinite(at[0]) && Math.abs(at[1]) <= 90) return coordinates(at[1], at[0], view.mpp);
  }
  return focused ? t("map.centre", { at: coordinates(view.lat, view.lon, view.mpp) }) : "";
}

function Credit({ empty }: { empty: boolean }) {
  return (
    <span class={css.credit}>
      {empty && t("map.empty")} {t("map.borders")}. {t("map.credit")}
    </span>
  );
}

// takenBy is where no name of the map can stand: under the marks, the buttons
// and the scale.
function takenBy(dots: readonly Dot[], size: Size): Box[] {
  const boxes: Box[] = dots.map((d) => [d.x - 9, d.y - 9, d.x + 9, d.y + 9]);
  boxes.push([size.width - 190, 0, size.width, 40], [0, size.height - 34, 150, size.height]);
  return boxes;
}

function Pointed({ dot }: { dot: Dot }) {
  const { label, facts } = describe(dot);
  return (
    <>
      {label && <Scraped most={200}>{label}</Scraped>}
      {label && facts && " · "}
      {facts}
    </>
  );
}

function ScaleBar({ mpp, y }: { mpp: number; y: number }) {
  const bar = scaleBar(mpp, 120);
  return (
    <g class={css.scale} aria-hidden="true">
      <rect class={css.scaleBack} x={6} y={y - 20} width={Math.max(bar.pixels, 44) + 12} height={26} rx={4} />
      <path d={`M12 ${y - 5}v5h${bar.pixels}v-5`} />
      <text x={14} y={y - 7}>
        {bar.text}
      </text>
    </g>
  );
}

const mostInHeap = 100;

// Heap lists marks that lie at one place.
function Heap({ marks, onPick, onClose }: { marks: readonly MapMark[]; onPick?: ((id: string) => void) | undefined; onClose: () => void }) {
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  return (
    <div
      class={css.heap}
      role="group"
      aria-label={t("map.group.list", { n: marks.length })}
      onKeyDown={(e) => {
        if (e.key !== "Escape") return;
        e.stopPropagation();
        onClose();
      }}
    >
      <div class={css.heapHead}>
        <span>{t("map.group.list", { n: marks.length })}</span>
        <button ref={close} type="button" class={chart.control} onClick={onClose}>
          {t("map.close")}
        </button>
      </div>
      <ul class={css.heapList}>
        {marks.slice(0, mostInHeap).map((m) => (
          <li key={m.id}>
            {onPick ? (
              <button type="button" class={chart.pick} onClick={() => onPick(m.id)}>
                <Scraped most={200}>{m.label}</Scraped>
              </button>
            ) : (
              <Scraped most={200}>{m.label}</Scraped>
            )}
          </li>
        ))}
      </ul>
      {marks.length > mostInHeap && <p>{t("map.group.more", { n: marks.length })}</p>}
    </div>
  );
}

function MapTable({ label, marks, height, onPick }: { label: string; marks: readonly MapMark[]; height: number; onPick?: ((id: string) => void) | undefined }) {
  const rows = useMemo(
    () =>
      marks.map((m) => ({
        id: m.id,
        label: labelOf(m.label, m.count),
        selected: m.selected,
        cells: [
          coordinates(m.lat, m.lon),
          m.radiusM ? metres(m.radiusM) : "",
          trustText(m.trust) + (m.dashed ? `, ${t("map.suggested")}` : ""),
        ],
      })),
    [marks],
  );
  return <ChartTable caption={label} columns={[t("map.column.what"), t("map.column.position"), t("map.column.radius"), t("map.column.trust")]} rows={rows} height={height} onPick={onPick} />;
}
