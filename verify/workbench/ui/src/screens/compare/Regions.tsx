import { useRef } from "preact/hooks";
import type { Size } from "../../parts/viewport";
import { useVars } from "../../parts/vars";
import { t } from "../../text";
import css from "./Regions.module.css";
import { outline, topmost, type Region } from "./geometry";

interface Props {
  regions: readonly Region[];
  side: "a" | "b";
  size: Size;
  zoom: number;
  lit: number;
  onLit: (n: number) => void;
}

// Regions are drawn on a picture by their numbers. The one that is pointed at
// lights up in both pictures.
export function Regions({ regions, side, size, zoom, lit, onLit }: Props) {
  const box = useRef<SVGSVGElement>(null);
  useVars(box, { "--unit": String(1 / Math.max(zoom, 0.1)) });
  return (
    <svg ref={box} class={css["regions"]} viewBox={`0 0 ${size.width} ${size.height}`} role="group" aria-label={t("compare.regions")}>
      {regions.map((r) => {
        const points = r[side];
        if (!points) return null;
        const [x, y] = topmost(points);
        return (
          <g key={r.n} class={css["region"]} data-kind={r.kind} data-lit={lit === r.n || undefined} onPointerEnter={() => onLit(r.n)} onPointerLeave={() => onLit(0)}>
            <polygon class={css["edge"]} points={outline(points, size)} />
            <polygon class={css["line"]} points={outline(points, size)} />
            <g transform={`translate(${x * size.width} ${y * size.height}) scale(${1 / Math.max(zoom, 0.1)})`}>
              <rect class={css["plate"]} x="0" y="0" width={r.n > 9 ? 24 : 18} height="18" rx="3" />
              <text class={css["number"]} x={r.n > 9 ? 12 : 9} y="13" text-anchor="middle">
                {r.n}
              </text>
            </g>
          </g>
        );
      })}
    </svg>
  );
}
