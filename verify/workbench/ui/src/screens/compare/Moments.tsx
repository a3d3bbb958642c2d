import { useRef } from "preact/hooks";
import type { ComparePage, Lane, Shared, Stretch } from "../../api.gen";
import { Button } from "../../parts/Button";
import { Said } from "../../parts/Scraped";
import { useVars } from "../../parts/vars";
import { t } from "../../text";
import { clock } from "../media/film";
import css from "./Moments.module.css";

interface Props {
  page: ComparePage;
  shared: Shared;
  moment: { stretch: number; at: number };
  onMoment: (m: { stretch: number; at: number }) => void;
}

// Moments shows what two videos share over time, and goes through it moment by
// moment: the pictures above are the two frames of that moment.
export function Moments({ shared, moment, onMoment }: Props) {
  const now = shared.stretches[moment.stretch];
  if (!now) return null;
  const shown = now.moments[moment.at];
  return (
    <section class={css["moments"]} aria-label={t("compare.stretches")}>
      {shared.lanes && <Lanes lanes={shared.lanes} stretches={shared.stretches} moment={moment} onPick={(stretch) => onMoment({ stretch, at: 0 })} />}
      <ul class={css["stretches"]}>
        {shared.stretches.map((s, i) => (
          <li key={i}>
            <button type="button" class={css["stretch"]} aria-current={i === moment.stretch || undefined} onClick={() => onMoment({ stretch: i, at: 0 })}>
              <Said most={300}>{s.text}</Said>
              {s.uncertain && <span class="dim"> · {t("compare.uncertain")}</span>}
            </button>
          </li>
        ))}
      </ul>
      <div class={css["steps"]}>
        <Button small disabled={moment.at <= 0} onClick={() => onMoment({ ...moment, at: moment.at - 1 })}>
          {t("compare.momentPrev")}
        </Button>
        <output>{now.moments.length === 0 ? t("compare.noMoments") : t("compare.moment", { at: moment.at + 1, total: now.moments.length })}</output>
        <Button small disabled={moment.at >= now.moments.length - 1} onClick={() => onMoment({ ...moment, at: moment.at + 1 })}>
          {t("compare.momentNext")}
        </Button>
        {shown && (
          <span class={css["times"]}>
            {t("compare.momentTimes", { a: clock(shown.a, 3), b: clock(shown.b, 3) })}
            {Math.abs(shown.off) >= 0.02 && <span class="dim"> · {t("compare.momentOff", { off: shown.off.toFixed(2).replace("-", "−") })}</span>}
          </span>
        )}
      </div>
    </section>
  );
}

const width = 1000;
const high = 18;
const gap = 34;

// Lanes draws the two videos as bars over time, one above the other, with the
// stretches that both show joined.
function Lanes({ lanes, stretches, moment, onPick }: { lanes: NonNullable<Shared["lanes"]>; stretches: readonly Stretch[]; moment: Props["moment"]; onPick: (stretch: number) => void }) {
  const shown = stretches[moment.stretch]?.moments[moment.at];
  return (
    <div class={css["lanes"]}>
      <svg viewBox={`0 0 ${width} ${2 * high + gap}`} preserveAspectRatio="none" role="img" aria-label={t("compare.lanes")}>
        <Bar lane={lanes.a} y={0} />
        <Bar lane={lanes.b} y={high + gap} />
        {lanes.bridges.map((b, i) => {
          const [a0, a1, b0, b1] = [b.a[0], b.a[1], b.b[0], b.b[1]].map((x) => (x ?? 0) * width) as [number, number, number, number];
          return (
            <g key={i} class={css["bridge"]} data-now={i === moment.stretch || undefined} data-uncertain={stretches[i]?.uncertain || undefined} onClick={() => onPick(i)}>
              <polygon points={`${a0},${high} ${a1},${high} ${b1},${high + gap} ${b0},${high + gap}`} />
              <rect x={a0} y={0} width={a1 - a0} height={high} />
              <rect x={b0} y={high + gap} width={b1 - b0} height={high} />
            </g>
          );
        })}
      </svg>
      {shown && (
        <>
          <Cursor at={along(lanes.a, shown.a)} above />
          <Cursor at={along(lanes.b, shown.b)} />
        </>
      )}
      <p class={css["laneWords"]}>
        <span>{laneWords("compare.laneA", lanes.a)}</span>
        <span>{laneWords("compare.laneB", lanes.b)}</span>
      </p>
    </div>
  );
}

function Bar({ lane, y }: { lane: Lane; y: number }) {
  return <rect class={css["bar"]} x={lane.from * width} y={y} width={(lane.to - lane.from) * width} height={high} />;
}

function Cursor({ at, above }: { at: number; above?: boolean }) {
  const line = useRef<HTMLSpanElement>(null);
  useVars(line, { "--at": `${at * 100}%` });
  return <span ref={line} class={css["cursor"]} data-above={above || undefined} aria-hidden="true" />;
}

// along is where a second of a video lies, in shares of the width.
function along(lane: Lane, seconds: number): number {
  return lane.seconds > 0 ? lane.from + (lane.to - lane.from) * Math.min(seconds / lane.seconds, 1) : lane.from;
}

function laneWords(key: "compare.laneA" | "compare.laneB", lane: Lane): string {
  return t(key, { length: clock(lane.seconds) }) + (lane.enlarged ? ` · ${t("compare.enlarged")}` : "");
}
