// Land and borders of the world, from Natural Earth (public domain) by way of
// world-atlas, served by the program itself and loaded when a map is shown.
import { geoArea, geoCentroid, type GeoStream } from "d3-geo";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { GeoJsonProperties, LineString, Polygon, Position } from "geojson";
import coarseURL from "world-atlas/countries-50m.json?url";
import fineURL from "world-atlas/countries-10m.json?url";
import { meets, metresPerDegree, type Box } from "./view";

interface Piece<T> {
  box: Box;
  shape: T;
}

export interface CountryName {
  text: string;
  lat: number;
  lon: number;
  area: number; // steradians, of its largest piece
}

// World is the drawing of the world in pieces, so that only what is seen need
// be drawn.
export interface World {
  land: Piece<Polygon>[];
  coast: Piece<LineString>[];
  borders: Piece<LineString>[];
  countries: CountryName[]; // the largest first
}

type Countries = Topology<{ countries: GeometryCollection<{ name?: string }> }>;

// fineBelow is the scale, in metres per pixel, at which the drawing at
// 1:10 million takes the place of that at 1:50 million.
export const fineBelow = 2500;

let coarse: Promise<World> | null = null;
let fine: Promise<World> | null = null;

// coarseWorld is the drawing at 1:50 million.
export function coarseWorld(): Promise<World> {
  return (coarse ??= load(coarseURL).catch((error: unknown) => {
    coarse = null;
    throw error;
  }));
}

// fineWorld is the drawing at 1:10 million, five times as large.
export function fineWorld(): Promise<World> {
  return (fine ??= load(fineURL).catch((error: unknown) => {
    fine = null;
    throw error;
  }));
}

async function load(url: string): Promise<World> {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`the drawing of the world could not be read (${answer.status})`);
  return take((await answer.json()) as Countries);
}

// take makes the pieces, a few countries at a time so that the page stays quick.
export async function take(topology: Countries): Promise<World> {
  const all = topology.objects.countries;
  const world: World = { land: [], coast: [], borders: [], countries: [] };
  for (let i = 0; i < all.geometries.length; i += 24) {
    const part: GeometryCollection<{ name?: string }> = { type: "GeometryCollection", geometries: all.geometries.slice(i, i + 24) };
    for (const f of feature(topology, part).features) {
      const polygons = f.geometry.type === "Polygon" ? [f.geometry.coordinates] : f.geometry.type === "MultiPolygon" ? f.geometry.coordinates : [];
      takeCountry(world, polygons, f.properties);
    }
    await new Promise((resume) => setTimeout(resume));
  }
  world.coast = lines(mesh(topology, all, (a, b) => a === b).coordinates);
  await new Promise((resume) => setTimeout(resume));
  world.borders = lines(mesh(topology, all, (a, b) => a !== b).coordinates);
  world.countries.sort((a, b) => b.area - a.area);
  return world;
}

function takeCountry(world: World, polygons: Position[][][], properties: GeoJsonProperties): void {
  let largest: Polygon | null = null;
  let area = 0;
  for (const coordinates of polygons) {
    const shape: Polygon = { type: "Polygon", coordinates };
    world.land.push({ box: boxAround(coordinates[0] ?? []), shape });
    const size = geoArea(shape);
    if (size > area) [largest, area] = [shape, size];
  }
  const text: unknown = properties?.["name"];
  if (!largest || typeof text !== "string") return;
  const [lon, lat] = geoCentroid(largest);
  world.countries.push({ text, lat, lon, area });
}

function lines(all: Position[][]): Piece<LineString>[] {
  return all.map((coordinates) => ({ box: boxAround(coordinates), shape: { type: "LineString", coordinates } }));
}

function boxAround(points: readonly Position[]): Box {
  const box: Box = { south: 90, north: -90, west: 180, east: -180 };
  for (const [lon = 0, lat = 0] of points) {
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
    box.west = Math.min(box.west, lon);
    box.east = Math.max(box.east, lon);
  }
  return box;
}

// seen gives the pieces within an area that are larger than half a pixel.
export function seen<T>(pieces: readonly Piece<T>[], box: Box, mpp: number): T[] {
  const least = (0.5 * mpp) / metresPerDegree;
  return pieces.filter((p) => Math.max(p.box.north - p.box.south, p.box.east - p.box.west) > least && meets(p.box, box)).map((p) => p.shape);
}

// thinned leaves out of a projected line what lies within half a pixel of the
// point before: a coast of 1:10 million has more points than a screen.
export function thinned(sink: GeoStream): GeoStream {
  let last: [number, number] | null = null;
  let skipped: [number, number] | null = null;
  const flush = (): void => {
    if (skipped) sink.point(skipped[0], skipped[1]);
    last = skipped = null;
  };
  return {
    point(x, y) {
      if (last && Math.abs(x - last[0]) < 0.5 && Math.abs(y - last[1]) < 0.5) {
        skipped = [x, y];
        return;
      }
      skipped = null;
      last = [x, y];
      sink.point(x, y);
    },
    lineStart() {
      last = skipped = null;
      sink.lineStart();
    },
    lineEnd() {
      flush();
      sink.lineEnd();
    },
    polygonStart: () => sink.polygonStart(),
    polygonEnd: () => sink.polygonEnd(),
    sphere: () => sink.sphere?.(),
  };
}
