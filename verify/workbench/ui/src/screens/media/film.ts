// Moving through a video: by frames that the program makes, each with its
// exact time, and by flow, which only a revealed video has.

// Frame is the frame that is shown.
export interface Frame {
  us: number; // exact presentation time, microseconds
  ms: number; // what its picture is asked for by: never before the frame
  text: string; // "0:14.280"
}

// atSeconds is a frame known by its time alone, as those of the strip are.
export function atSeconds(seconds: number): Frame {
  const us = Math.round(seconds * 1e6);
  return { us, ms: Math.ceil(us / 1000), text: clock(seconds, 3) };
}

// rates of the flow; 0 stands still.
const rates = [0, 0.25, 0.5, 1, 1.5, 2, 4] as const;

// faster is the next rate up; what stands still begins at its usual speed.
export function faster(rate: number): number {
  if (rate === 0) return 1;
  return rates.find((r) => r > rate) ?? rate;
}

// slower is the next rate down; what stands still begins at half its speed.
export function slower(rate: number): number {
  if (rate === 0) return 0.5;
  return rates.findLast((r) => r < rate && r > 0) ?? rate;
}

// clock writes seconds as a player shows them, cut, never rounded up.
export function clock(seconds: number, decimals = 0): string {
  const unit = 10 ** decimals;
  const all = Math.floor(Math.max(seconds, 0) * unit + 1e-6);
  const whole = Math.floor(all / unit);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  const text = h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
  return decimals === 0 ? text : `${text}.${String(all % unit).padStart(decimals, "0")}`;
}

// decimalsFor is how finely times are written so that no two are the same.
export function decimalsFor(times: readonly number[]): number {
  for (const decimals of [0, 1])
    if (new Set(times.map((t) => clock(t, decimals))).size === times.length) return decimals;
  return 2;
}

// nearestIn is the place in a list of times that comes closest to a moment,
// -1 where there is none.
export function nearestIn(times: readonly number[], seconds: number): number {
  let best = -1;
  times.forEach((t, i) => {
    if (best < 0 || Math.abs(t - seconds) < Math.abs(times[best]! - seconds)) best = i;
  });
  return best;
}

// wavePath draws bars up and down from the middle of a box of a height, one
// unit wide each.
export function wavePath(columns: readonly number[], height: number): string {
  return columns
    .map((v, i) => {
      const half = Math.max(0.5, (Math.min(Math.max(v, 0), 1) * height) / 2);
      return `M${i + 0.5} ${(height / 2 - half).toFixed(1)}v${(2 * half).toFixed(1)}`;
    })
    .join("");
}
