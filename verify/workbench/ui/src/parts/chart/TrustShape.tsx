import css from "./chart.module.css";

interface Props {
  trust: string | undefined;
  x: number;
  y: number;
  r?: number;
}

// TrustShape draws in SVG how far a time or a place can be trusted: a disc for
// a device, a diamond for a platform, a triangle for what was derived, a ring
// where nothing says.
export function TrustShape({ trust, x, y, r = 5 }: Props) {
  switch (trust) {
    case "device":
      return <circle class={css.device} cx={x} cy={y} r={r} />;
    case "platform":
      return <path class={css.platform} d={`M${x} ${y - r * 1.25}L${x + r * 1.25} ${y}L${x} ${y + r * 1.25}L${x - r * 1.25} ${y}Z`} />;
    case "derived":
      return <path class={css.derived} d={`M${x} ${y - r * 1.15}L${x + r * 1.15} ${y + r * 0.85}L${x - r * 1.15} ${y + r * 0.85}Z`} />;
  }
  return <circle class={css.none} cx={x} cy={y} r={r - 0.5} />;
}

// trusted says whether a time or place comes from a device or a platform.
export function trusted(trust: string | undefined): boolean {
  return trust === "device" || trust === "platform";
}
