// Measures as the page writes them.
import { count, decimal, t } from "../text";

const units = ["units.kilobytes", "units.megabytes", "units.gigabytes", "units.terabytes"] as const;

// bytes writes a size in decimal units, as file managers do.
export function bytes(n: number): string {
  if (n < 1000) return t("units.bytes", { n });
  let size = n / 1000;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return t(units[unit]!, { x: rough(size) });
}

// metres writes a distance as a person says it.
export function metres(m: number): string {
  return m < 1000 ? t("units.metres", { x: Math.round(m) }) : t("units.kilometres", { x: rough(m / 1000) });
}

// rough writes a number with a decimal where it is small.
function rough(n: number): string {
  return n < 10 ? decimal(n) : count(Math.round(n));
}

// duration writes seconds as 0:14 or 1:02:03.
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
