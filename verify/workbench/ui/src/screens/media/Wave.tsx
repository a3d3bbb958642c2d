import type { Wave as Columns } from "../../api.gen";
import { useRef } from "preact/hooks";
import { useVars } from "../../parts/vars";
import { t } from "../../text";
import { clock, wavePath } from "./film";
import css from "./Film.module.css";

const height = 48;

// Wave draws how loud a video is, so that loud moments are seen before they
// are heard. Picking a moment shows its frame.
export function Wave({ wave, loudness, at, onPick }: { wave: Columns; loudness: string; at: number; onPick?: (seconds: number) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const n = Math.max(wave.peak.length, 1);
  const share = wave.seconds > 0 ? Math.min(at / wave.seconds, 1) : 0;
  useVars(box, { "--at": `${share * 100}%` });
  return (
    <div ref={box} class={css["wave"]} onClick={onPick && ((e) => onPick(((e.clientX - e.currentTarget.getBoundingClientRect().left) / e.currentTarget.clientWidth) * wave.seconds))}>
      <svg viewBox={`0 0 ${n} ${height}`} preserveAspectRatio="none" role="img" aria-label={t("media.film.wave", { length: clock(wave.seconds), loudness })}>
        <path class={css["peak"]} d={wavePath(wave.peak, height)} />
        <path class={css["loud"]} d={wavePath(wave.loud, height)} />
      </svg>
      <span class={css["cursor"]} aria-hidden="true" />
    </div>
  );
}
