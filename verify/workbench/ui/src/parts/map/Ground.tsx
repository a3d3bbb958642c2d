import { geoGraticule, geoPath, type GeoProjection } from "d3-geo";
import { memo } from "preact/compat";
import { degrees, graticuleStep } from "./scale";
import { namesOf, type Town } from "./names";
import type { Box } from "./labels";
import { seen, thinned, type World } from "./world";
import { boxOf, isClose, type Size, type View } from "./view";
import css from "./map.module.css";

interface Props {
  view: View;
  size: Size;
  projection: GeoProjection;
  world: World | null;
  towns: readonly Town[];
  taken: readonly Box[]; // of the drawing, in pixels: where no name can stand
}

// Ground draws what lies under the marks: land, borders, the graticule and the
// names of countries and towns.
export const Ground = memo(function Ground({ view, size, projection, world, towns, taken }: Props) {
  const path = geoPath({ stream: (sink) => projection.stream(thinned(sink)) }).digits(1);
  const box = boxOf(view, size);
  const step = graticuleStep(view.mpp);
  const lines = geoGraticule()
    .step([step, step])
    .precision(Math.min(2.5, step / 2))
    .extent([
      [Math.floor(Math.max(box.west, view.lon - 180) / step) * step, Math.max(-90 + 1e-6, Math.floor(box.south / step) * step)],
      [Math.ceil(Math.min(box.east, view.lon + 180) / step) * step, Math.min(90 - 1e-6, Math.ceil(box.north / step) * step)],
    ]);
  const close = isClose(view, size);
  return (
    <g aria-hidden="true">
      {close ? <rect class={css.water} width={size.width} height={size.height} /> : <path class={css.water} d={geoPath(projection)({ type: "Sphere" }) ?? ""} />}
      {world && (
        <>
          <path class={css.land} d={path({ type: "MultiPolygon", coordinates: seen(world.land, box, view.mpp).map((p) => p.coordinates) }) ?? ""} />
          <path class={css.coast} d={path({ type: "MultiLineString", coordinates: seen(world.coast, box, view.mpp).map((l) => l.coordinates) }) ?? ""} />
          <path class={css.border} d={path({ type: "MultiLineString", coordinates: seen(world.borders, box, view.mpp).map((l) => l.coordinates) }) ?? ""} />
        </>
      )}
      <path class={css.graticule} d={geoPath(projection).digits(1)(close ? lines() : geoGraticule()()) ?? ""} />
      {close && <Edges projection={projection} size={size} step={step} view={view} />}
      {namesOf(view, size, projection, world?.countries ?? [], towns, taken).map((n) => (
        <g key={`${n.kind} ${n.text} ${n.x}`}>
          {n.kind === "town" && <circle class={css.townDot} cx={n.x} cy={n.y} r={1.75} />}
          <text class={n.kind === "town" ? css.town : css.country} x={n.kind === "town" ? n.x + 5 : n.x} y={n.y + 3.5}>
            {n.text}
          </text>
        </g>
      ))}
    </g>
  );
});

// Edges writes the degrees of the graticule along the left and the upper edge.
function Edges({ projection, size, step, view }: { projection: GeoProjection; size: Size; step: number; view: View }) {
  const marks: { key: string; x: number; y: number; text: string }[] = [];
  const box = boxOf(view, size);
  for (let lat = Math.ceil(box.south / step) * step; lat <= box.north; lat += step) {
    const y = projection([view.lon, lat])?.[1] ?? -1;
    if (y > 30 && y < size.height - 34) marks.push({ key: `lat${lat}`, x: 4, y: y - 3, text: degrees(lat, "lat", step) });
  }
  for (let lon = Math.ceil(box.west / step) * step; lon <= box.east; lon += step) {
    const x = projection([lon, view.lat])?.[0] ?? -1;
    if (x > 40 && x < size.width - 170) marks.push({ key: `lon${lon}`, x: x + 3, y: 11, text: degrees(lon, "lon", step) });
  }
  return (
    <>
      {marks.map((m) => (
        <text key={m.key} class={css.degrees} x={m.x} y={m.y}>
          {m.text}
        </text>
      ))}
    </>
  );
}
