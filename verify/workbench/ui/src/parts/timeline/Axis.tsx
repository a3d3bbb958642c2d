import { starts, stepFor, tickText, wider, widerText, type Step, type Zone } from "./calendar";
import type { Window } from "./spans";
import css from "./timeline.module.css";

interface Props {
  window: Window;
  width: number;
  zone: Zone;
  x: (at: number) => number;
}

export const axisHeight = 32;
const perLabel = 64; // pixels

// ticksOf is the step of the ticks that a width has room to label.
export function ticksOf(window: Window, width: number): Step {
  return stepFor(window.to - window.from, Math.max(2, Math.floor(width / perLabel)));
}

// Axis writes the ticks, and under them the day or the year that they are of.
export function Axis({ window, width, zone, x }: Props) {
  const step = ticksOf(window, width);
  const over = wider(step);
  const ticks = starts(step, window.from, window.to, zone).filter((at) => x(at) >= 0 && x(at) <= width);
  return (
    <svg class={css.axis} width={width} height={axisHeight} aria-hidden="true">
      {ticks.map((at) => (
        <g key={at}>
          <line x1={x(at)} x2={x(at)} y1={0} y2={4} />
          {x(at) < width - 30 && (
            <text x={x(at) + 2} y={13}>
              {tickText(at, step, zone)}
            </text>
          )}
        </g>
      ))}
      {over && widerLabels(starts(over, window.from, window.to, zone), x, width).map((l) => (
        <g key={l.at}>
          {l.x > 0 && <line class={css.major} x1={l.x} x2={l.x} y1={0} y2={28} />}
          <text class={css.wider} x={l.x + 2} y={27}>
            {widerText(l.at, over, zone)}
          </text>
        </g>
      ))}
    </svg>
  );
}

const widest = 84; // pixels of a wider label

// widerLabels places the labels of days or years; the first sticks to the left
// edge, and those that would lie over the next are left out.
function widerLabels(all: readonly number[], x: (at: number) => number, width: number): { at: number; x: number }[] {
  const out: { at: number; x: number }[] = [];
  all.forEach((at, i) => {
    const next = all[i + 1];
    const left = Math.max(0, x(at));
    if (left > width - widest && out.length > 0) return;
    if (next !== undefined && x(next) - left < widest && x(at) < 0) return;
    const before = out.at(-1);
    if (before && left - before.x < widest) return;
    out.push({ at, x: left });
  });
  return out;
}
