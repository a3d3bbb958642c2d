// A mask covers a part of a picture: a rectangle in parts of its width and
// height, so that it fits every size. It is kept beside the file, never in it.
export interface Mask {
  x: number;
  y: number;
  width: number;
  height: number;
}

const least = 0.02;

// fit keeps a mask within the picture and large enough to be taken hold of.
export function fit(m: Mask): Mask {
  const width = clamp(m.width, least, 1);
  const height = clamp(m.height, least, 1);
  return { x: round(clamp(m.x, 0, 1 - width)), y: round(clamp(m.y, 0, 1 - height)), width: round(width), height: round(height) };
}

// between is the mask that two corners span.
export function between(a: { x: number; y: number }, b: { x: number; y: number }): Mask {
  return fit({ x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) });
}

const step = 0.02;

// moved is a mask after an arrow key: moved, or sized with Shift; null for
// keys that do neither.
export function moved(m: Mask, key: string, size: boolean): Mask | null {
  const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[key];
  if (!by) return null;
  const [dx, dy] = by as [number, number];
  return fit(size ? { ...m, width: m.width + dx, height: m.height + dy } : { ...m, x: m.x + dx, y: m.y + dy });
}

function clamp(x: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, x));
}

function round(x: number): number {
  return Math.round(x * 1000) / 1000;
}
