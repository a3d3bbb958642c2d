// Measures as the page writes them.

const units = ["kB", "MB", "GB", "TB"] as const;

// bytes writes a size in decimal units, as file managers do.
export function bytes(n: number): string {
  if (n < 1000) return `${n} bytes`;
  let size = n;
  let unit = -1;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}

// duration writes seconds as 0:14 or 1:02:03.
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
