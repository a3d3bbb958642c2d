// Where a map looks, and how ground becomes pixels: an equal-looking world, and
// Mercator once a country fills the map, since it keeps directions and shapes.
import { geoMercator, geoNaturalEarth1, geoNaturalEarth1Raw, type GeoProjection } from "d3-geo";

// View is the centre of a map in degrees, and how many metres of ground a
// pixel spans there, north to south.
export interface View {
  lat: number;
  lon: number;
  mpp: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Position {
  lat: number;
  lon: number;
  radiusM?: number | null;
}

export const earthRadius = 6_371_008.8; // metres, mean
export const metresPerDegree = (earthRadius * Math.PI) / 180;

const closest = 1; // metres per pixel
const fitted = 150; // what a single place is shown at: towns around it are seen
const country = 3_000_000; // metres across; beyond it the map shows the world
const worldWide = 2 * geoNaturalEarth1Raw(Math.PI, 0)[0]; // of the raw projection
const worldHigh = 2 * geoNaturalEarth1Raw(0, Math.PI / 2)[1];

// slope is how much the raw projection stretches northwards at a latitude.
function slope(lat: number): number {
  const at = (lat * Math.PI) / 180;
  const step = 1e-4;
  return (geoNaturalEarth1Raw(0, at + step)[1] - geoNaturalEarth1Raw(0, at - step)[1]) / (2 * step);
}

// widest is the view that shows the whole world, in metres per pixel.
export function widest(size: Size): number {
  const scale = Math.min(size.width / worldWide, size.height / worldHigh) * 0.97;
  return earthRadius / (slope(0) * Math.max(scale, 1e-6));
}

// isClose says whether a view is drawn in Mercator.
export function isClose(view: View, size: Size): boolean {
  return view.mpp * Math.max(size.width, size.height) < country;
}

// projectionOf gives the projection of a view, clipped to the map's frame.
export function projectionOf(view: View, size: Size): GeoProjection {
  const close = isClose(view, size);
  const scale = close
    ? (earthRadius * Math.cos((view.lat * Math.PI) / 180)) / view.mpp
    : earthRadius / (view.mpp * slope(view.lat));
  return (close ? geoMercator() : geoNaturalEarth1())
    .rotate([-view.lon, 0])
    .center([0, view.lat])
    .scale(scale)
    .translate([size.width / 2, size.height / 2])
    .precision(0.4)
    .clipExtent([
      [-20, -20],
      [size.width + 20, size.height + 20],
    ]);
}

// bounded keeps a view on the earth and within what can be zoomed to.
export function bounded(view: View, size: Size): View {
  const mpp = Math.min(Math.max(view.mpp, closest), widest(size));
  const half = (mpp * size.height) / 2 / metresPerDegree;
  const top = mpp * Math.max(size.width, size.height) < country ? 88 : 80.5; // the poles lie there on the flattened world
  const most = Math.max(0, Math.min(84, top - half));
  return { lat: Math.min(Math.max(view.lat, -most), most), lon: wrap(view.lon), mpp };
}

function wrap(lon: number): number {
  return ((((lon + 180) % 360) + 360) % 360) - 180;
}

// moved is a view shifted by pixels: to the right and downwards.
export function moved(view: View, size: Size, right: number, down: number): View {
  const projection = projectionOf(view, size);
  const step = Math.min(1, (view.mpp * 10) / metresPerDegree);
  const here = projection([view.lon, view.lat]);
  const east = projection([view.lon + step, view.lat]);
  const perDegree = here && east ? Math.max((east[0] - here[0]) / step, 1e-9) : metresPerDegree / view.mpp;
  return bounded({ lat: view.lat - (down * view.mpp) / metresPerDegree, lon: view.lon + right / perDegree, mpp: view.mpp }, size);
}

// zoomed is a view with factor times the metres in a pixel; what lies under a
// point of the map stays there, as far as the edges of the world allow.
export function zoomed(view: View, size: Size, factor: number, at?: [number, number]): View {
  const next = bounded({ ...view, mpp: view.mpp * factor }, size);
  const under = at && projectionOf(view, size).invert?.(at);
  if (!at || !under || !Number.isFinite(under[0]) || !Number.isFinite(under[1])) return next;
  const now = projectionOf(next, size)(under);
  return now ? moved(next, size, now[0] - at[0], now[1] - at[1]) : next;
}

// fit is the view that shows all positions with what is uncertain about them;
// the whole world where there are none.
export function fit(positions: readonly Position[], size: Size): View {
  if (positions.length === 0) return bounded({ lat: 12, lon: 10, mpp: Infinity }, size);
  let south = 90;
  let north = -90;
  for (const p of positions) {
    const room = (p.radiusM ?? 0) / metresPerDegree;
    south = Math.min(south, p.lat - room);
    north = Math.max(north, p.lat + room);
  }
  const lat = (Math.max(south, -90) + Math.min(north, 90)) / 2;
  const shrink = Math.max(Math.cos((lat * Math.PI) / 180), 0.05);
  const { west, wide } = extent(positions, shrink);
  const margin = 0.8; // of the frame is for the marks
  const mpp = Math.max(
    ((north - south) * metresPerDegree) / (size.height * margin),
    (wide * metresPerDegree * shrink) / (size.width * margin),
    fitted,
  );
  return bounded({ lat, lon: west + wide / 2, mpp }, size);
}

// extent is the shortest stretch of longitudes that holds all positions, also
// across the 180th meridian.
function extent(positions: readonly Position[], shrink: number): { west: number; wide: number } {
  const edges = positions
    .map((p) => {
      const room = Math.min((p.radiusM ?? 0) / metresPerDegree / shrink, 180);
      return [wrap(p.lon) - room, wrap(p.lon) + room] as const;
    })
    .sort((a, b) => a[0] - b[0]);
  const first = edges[0]!;
  let east = first[1];
  let gap = 0;
  let west = first[0];
  for (const [from, to] of edges) {
    if (from - east > gap) {
      gap = from - east;
      west = from;
    }
    east = Math.max(east, to);
  }
  const around = first[0] + 360 - east;
  if (around >= gap) return { west: first[0], wide: Math.min(east - first[0], 360) };
  return { west, wide: Math.max(0, 360 - gap) };
}

// Box is an area in degrees; east is beyond 180 where it goes across.
export interface Box {
  south: number;
  north: number;
  west: number;
  east: number;
}

// boxOf is an area that holds everything a view shows, with a little more.
export function boxOf(view: View, size: Size): Box {
  if (!isClose(view, size)) return { south: -90, north: 90, west: -180, east: 180 };
  const projection = projectionOf(view, size);
  const low = projection.invert?.([0, size.height + 20]) ?? [view.lon, -85];
  const high = projection.invert?.([size.width, -20]) ?? [view.lon, 85];
  const half = Math.min(180, 1.1 * Math.max(Math.abs(delta(low[0], view.lon)), Math.abs(delta(high[0], view.lon))));
  return { south: Math.max(-90, low[1]), north: Math.min(90, high[1]), west: view.lon - half, east: view.lon + half };
}

function delta(a: number, b: number): number {
  return wrap(a - b);
}

// meets says whether two areas share anything.
export function meets(a: Box, b: Box): boolean {
  if (a.south > b.north || a.north < b.south) return false;
  for (const turn of [-360, 0, 360]) if (a.west + turn <= b.east && a.east + turn >= b.west) return true;
  return false;
}
