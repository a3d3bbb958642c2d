import { geoCircle, geoPath, type GeoProjection } from "d3-geo";
import { useEffect, useRef } from "preact/hooks";
import { count, inRow, t } from "../../text";
import { TrustShape } from "../chart/TrustShape";
import { visible } from "../Scraped";
import { nextDot, type Dot, type MapMark } from "./cluster";
import { metres } from "../measure";
import { metresPerDegree } from "./view";
import css from "./map.module.css";

interface Props {
  dots: readonly Dot[];
  projection: GeoProjection;
  mpp: number;
  onOpen: (dot: Dot) => void;
  onPoint: (dot: Dot | null) => void; // the one that the pointer or the focus is on
  onLeave: () => void; // Esc
}

// Dots draws the marks, with one stop for the Tab key: from there the arrow
// keys go from mark to mark.
export function Dots({ dots, projection, mpp, onOpen, onPoint, onLeave }: Props) {
  const current = useRef("");
  const group = useRef<SVGGElement>(null);
  const wanted = useRef(false);
  const stop = Math.max(0, dots.findIndex((d) => d.key === current.current));

  useEffect(() => {
    if (!wanted.current) return;
    wanted.current = false;
    focus(group.current, stop);
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    const at = dots[stop];
    if (!at || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow")) {
      const next = nextDot(dots, stop, event.key);
      current.current = dots[next]?.key ?? "";
      focus(group.current, next);
    } else if (event.key === "Enter" || event.key === " ") {
      wanted.current = at.marks.length > 1;
      onOpen(at);
    } else if (event.key === "Escape") onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <g ref={group} role="group" aria-label={t("map.marks")} onKeyDown={onKeyDown} onPointerLeave={() => onPoint(null)}>
      {dots.map((d) => (
        <Radius key={"r" + d.key} dot={d} projection={projection} mpp={mpp} />
      ))}
      {dots.map((d, i) => (
        <g
          key={d.key}
          class={d.selected ? css.dotSelected : css.dot}
          role="button"
          tabindex={i === stop ? 0 : -1}
          aria-label={nameOf(d)}
          aria-pressed={d.selected}
          onClick={() => onOpen(d)}
          onPointerEnter={() => onPoint(d)}
          onFocus={() => {
            current.current = d.key;
            onPoint(d);
          }}
          onBlur={() => onPoint(null)}
        >
          <Shape dot={d} />
        </g>
      ))}
    </g>
  );
}

function focus(group: SVGGElement | null, index: number): void {
  const all = group?.querySelectorAll<SVGGElement>("[role=button]");
  all?.[index]?.focus();
}

// nameOf is what a mark is called for those who hear it.
export function nameOf(dot: Dot): string {
  const only = dot.marks.length === 1 ? dot.marks[0] : undefined;
  if (!only) return t("map.group.open", { n: dot.count });
  const parts = [visible(only.label, 160)];
  if (only.dashed) parts.push(t("map.suggested"));
  if (only.radiusM) parts.push(t("map.radius", { distance: metres(only.radiusM) }));
  return inRow(parts);
}

function Shape({ dot }: { dot: Dot }) {
  const only = dot.marks.length === 1 ? dot.marks[0] : undefined;
  if (!only || dot.count > 1) {
    const r = 9 + Math.min(9, Math.log10(dot.count) * 3.5);
    return (
      <>
        <circle class={css.hit} cx={dot.x} cy={dot.y} r={Math.max(r, 13)} />
        <circle class={css.group} cx={dot.x} cy={dot.y} r={r} />
        <text class={css.number} x={dot.x} y={dot.y + 3.5}>
          {short(dot.count)}
        </text>
      </>
    );
  }
  return (
    <>
      <circle class={css.hit} cx={dot.x} cy={dot.y} r={13} />
      {dot.selected && <circle class={css.ring} cx={dot.x} cy={dot.y} r={10} />}
      {only.dashed ? <circle class={css.suggested} cx={dot.x} cy={dot.y} r={5.5} /> : <TrustShape trust={only.trust} x={dot.x} y={dot.y} r={5.5} />}
    </>
  );
}

// short writes a number so that it fits a dot.
export function short(n: number): string {
  if (n < 1000) return String(n);
  return n < 9950 ? `${(n / 1000).toFixed(1)}k` : `${Math.round(n / 1000)}k`;
}

// Radius is the circle within which a mark may lie, to scale.
function Radius({ dot, projection, mpp }: { dot: Dot; projection: GeoProjection; mpp: number }) {
  const shown: MapMark[] = dot.marks.length === 1 || dot.selected ? dot.marks.slice(0, 12) : [];
  return (
    <>
      {shown
        .filter((m) => (m.radiusM ?? 0) / mpp > 7 && (dot.marks.length === 1 || m.selected))
        .map((m) => {
          const circle = geoCircle()
            .center([m.lon, m.lat])
            .radius(Math.min(170, (m.radiusM ?? 0) / metresPerDegree))
            .precision(4)();
          return <path key={m.id} class={m.dashed ? css.radiusDashed : css.radius} d={geoPath(projection).digits(1)(circle) ?? ""} aria-hidden="true" />;
        })}
    </>
  );
}

// describe is the line under the map for the mark that is pointed at.
export function describe(dot: Dot): { label: string; facts: string } {
  const only = dot.marks.length === 1 ? dot.marks[0] : undefined;
  if (!only) return { label: "", facts: t("map.group", { n: dot.count }) };
  const facts: string[] = [];
  if (dot.count > 1) facts.push(count(dot.count));
  if (only.dashed) facts.push(t("map.suggested"));
  if (only.radiusM) facts.push(t("map.radius", { distance: metres(only.radiusM) }));
  return { label: only.label, facts: facts.join(" · ") };
}
