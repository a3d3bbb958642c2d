// How far apart: the bar of the scale, the steps of the graticule, and
// positions in figures.
import { metres as written } from "../measure";
import { metresPerDegree } from "./view";

export interface Bar {
  metres: number;
  pixels: number;
  text: string;
}

// scaleBar is the longest round distance that fits in so many pixels.
export function scaleBar(mpp: number, most: number): Bar {
  const room = mpp * most;
  const ten = 10 ** Math.floor(Math.log10(room));
  const metres = [5, 2, 1].map((n) => n * ten).find((n) => n <= room) ?? ten;
  return { metres, pixels: metres / mpp, text: written(metres) };
}

const steps = [30, 15, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

// graticuleStep is how many degrees lie between two lines of the graticule.
export function graticuleStep(mpp: number): number {
  const least = (80 * mpp) / metresPerDegree;
  return steps.filter((s) => s >= least).at(-1) ?? steps[0]!;
}

// degrees writes a latitude or a longitude of the graticule.
export function degrees(value: number, kind: "lat" | "lon", step: number): string {
  const turned = kind === "lon" ? ((((value + 180) % 360) + 360) % 360) - 180 : value;
  const places = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  const side = kind === "lat" ? (turned < 0 ? "S" : "N") : turned < 0 ? "W" : "E";
  const text = Math.abs(turned).toFixed(places);
  return Number(text) === 0 ? "0°" : `${text}° ${side}`;
}

// coordinates writes a position with as many decimals as the map can mean:
// four at most, which is 11 m.
export function coordinates(lat: number, lon: number, mpp = 0): string {
  const places = mpp > 5000 ? 1 : mpp > 500 ? 2 : mpp > 50 ? 3 : 4;
  const turned = ((((lon + 180) % 360) + 360) % 360) - 180;
  return `${lat.toFixed(places)}, ${turned.toFixed(places)}`;
}
