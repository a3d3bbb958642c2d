// Names of countries and towns for a view: the countries from the drawing, the
// towns from the program's own gazetteer.
import { useEffect, useState } from "preact/hooks";
import type { GeoProjection } from "d3-geo";
import { client } from "../../api.gen";
import { settle, type Box, type Name } from "./labels";
import type { CountryName } from "./world";
import { boxOf, earthRadius, isClose, metresPerDegree, type Size, type View } from "./view";

export interface Town {
  name: string;
  latitude: number;
  longitude: number;
  population: number;
}

// useTowns gives the largest towns of a view. They are asked for once the view
// has rested, and those of the view before stay until then.
export function useTowns(view: View | null, size: Size): Town[] {
  const [towns, setTowns] = useState<Town[]>([]);
  useEffect(() => {
    if (!view) return;
    const stop = new AbortController();
    const wait = setTimeout(() => {
      const box = boxOf(view, size);
      const most = 3 * roomFor(size);
      client
        .mapPlaces({ south: box.south, north: box.north, west: box.west, east: box.east, most }, { signal: stop.signal })
        .then((found) => setTowns(found.places))
        .catch(() => undefined); // names are a help; the map is right without them
    }, 150);
    return () => {
      clearTimeout(wait);
      stop.abort();
    };
  }, [view?.lat, view?.lon, view?.mpp, size.width, size.height]);
  return towns;
}

// roomFor is how many names a map has room for.
function roomFor(size: Size): number {
  return Math.min(60, Math.max(6, Math.round((size.width * size.height) / 12_000)));
}

// namesOf places the names: countries that are large enough on the map, unless
// one fills it, then towns.
export function namesOf(
  view: View,
  size: Size,
  projection: GeoProjection,
  countries: readonly CountryName[],
  towns: readonly Town[],
  taken: readonly Box[],
): Name[] {
  const all: Name[] = [];
  const across = Math.max(size.width, size.height) * view.mpp;
  for (const c of countries) {
    const wide = (Math.sqrt(c.area) * earthRadius) / view.mpp;
    if (wide < 70 || wide > across / view.mpp) continue;
    const at = on(projection, view, size, c.lon, c.lat);
    if (at) all.push({ text: c.text, x: at[0], y: at[1], kind: "country" });
  }
  for (const town of towns) {
    const at = on(projection, view, size, town.longitude, town.latitude);
    if (at) all.push({ text: town.name, x: at[0], y: at[1], kind: "town" });
  }
  return settle(all, size.width, size.height, roomFor(size), taken);
}

// on is where a position is drawn, null when it is off the map: a projection
// gives pixels for what lies behind the edges, too.
function on(projection: GeoProjection, view: View, size: Size, lon: number, lat: number): [number, number] | null {
  if (isClose(view, size) && Math.abs(lat - view.lat) > (size.height * view.mpp) / metresPerDegree + 1) return null;
  return projection([lon, lat]);
}
