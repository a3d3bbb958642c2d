import type { Bin } from "./spans";
import css from "./timeline.module.css";

interface Props {
  bins: readonly Bin[];
  x: (at: number) => number;
  height: number;
}

// Density draws a bar for each bin: solid for times that can be trusted, pale
// on top for those that are weak or wide. All bars of a kind are one shape, so
// that hundreds of them are no burden.
export function Density({ bins, x, height }: Props) {
  const most = Math.max(1, ...bins.map((b) => b.strong + b.weak));
  const tall = (n: number): number => (n <= 0 ? 0 : Math.max(2, (n / most) * (height - 8)));
  const bars = { strong: "", weak: "", selected: "" };
  for (const b of bins) {
    const left = x(b.from);
    const wide = Math.max(1, x(b.to) - left - 1);
    const strong = tall(b.strong);
    const weak = tall(b.weak);
    bars.strong += bar(left, height - strong, wide, strong);
    bars.weak += bar(left, height - strong - weak, wide, weak);
    if (b.selected) bars.selected += bar(left, height - strong - weak - 4, wide, 3);
  }
  return (
    <g aria-hidden="true">
      <path class={css.strong} d={bars.strong} />
      <path class={css.weak} d={bars.weak} />
      <path class={css.binSelected} d={bars.selected} />
    </g>
  );
}

function bar(left: number, top: number, wide: number, tall: number): string {
  return tall > 0 ? `M${left} ${top}h${wide}v${tall}h${-wide}z` : "";
}
