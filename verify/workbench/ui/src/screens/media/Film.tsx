import type { RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import { client, type Card, type Film as Kept } from "../../api.gen";
import { hint, useKeys } from "../../keys";
import { Button } from "../../parts/Button";
import { Evidence } from "../../parts/Evidence";
import { Said } from "../../parts/Scraped";
import { askSound } from "../../parts/sound";
import { Partial } from "../../parts/State";
import { tell, tellError } from "../../parts/Toast";
import { useVars } from "../../parts/vars";
import { t } from "../../text";
import { atSeconds, clock, decimalsFor, faster, nearestIn, slower, type Frame } from "./film";
import css from "./Film.module.css";
import { Wave } from "./Wave";

// Run is how a video flows.
export interface Run {
  rate: number; // 0 stands still
  sound: boolean;
  from: number; // seconds, where it begins
}

interface Props {
  caseID: string;
  card: Card;
  film: Kept;
  frame: Frame | null;
  onFrame: (frame: Frame) => void;
  run: Run;
  onRun: (run: Run) => void;
  sharp: boolean; // it is revealed
  playing: RefObject<number>; // seconds, while it flows
}

// Film is what goes with a video: its frames in a row, steps from frame to
// frame, the flow, and how loud it is.
export function Film(p: Props) {
  const { film, card, frame, run } = p;
  const [edge, setEdge] = useState("");
  const [waiting, setWaiting] = useState(0); // steps that are under way
  const seconds = (frame?.us ?? 0) / 1e6;
  const stepping = useRef<Promise<void>>(Promise.resolve());
  const at = useRef(frame);
  at.current = frame;

  // Steps follow one another: each begins at the frame that the one before
  // it found.
  const step = (steps: number, from?: number) => {
    setWaiting((n) => n + 1);
    stepping.current = stepping.current.then(async () => {
      try {
        const to = await client.mediaStep({ case: p.caseID, id: card.id, at_us: Math.round(from ?? at.current?.us ?? 0), steps });
        at.current = { us: to.at_us, ms: to.at_ms, text: to.text };
        p.onFrame(at.current);
        setEdge(to.taken === steps ? "" : t(steps < 0 ? "media.film.first" : "media.film.last"));
      } catch (error) {
        tellError(error);
      }
      setWaiting((n) => n - 1);
    });
  };
  const flow = (rate: number) => {
    if (!p.sharp) return tell({ text: t("media.film.revealFirst") });
    if (rate === 0) return still();
    p.onRun({ ...run, rate, ...(run.rate === 0 ? { from: seconds } : {}) });
  };
  const still = () => {
    if (run.rate === 0) return;
    p.onRun({ ...run, rate: 0 });
    step(0, p.playing.current! * 1e6);
  };
  const stepFromStill = (steps: number) => {
    if (run.rate > 0) p.onRun({ ...run, rate: 0 });
    step(steps, run.rate > 0 ? p.playing.current! * 1e6 : undefined);
  };
  const sound = async () => {
    if (!film.wave) return tell({ text: t("media.film.noSound") });
    if (run.sound || (await askSound(card.id, true))) p.onRun({ ...run, sound: !run.sound });
  };
  const video = card.kind === "video";
  useKeys("media", {
    frameBack: () => stepFromStill(-1),
    frameOn: () => stepFromStill(1),
    slower: () => flow(slower(run.rate)),
    pause: () => flow(run.rate > 0 ? 0 : 1),
    faster: () => flow(faster(run.rate)),
    sound: () => void sound(),
  });
  return (
    <div class={css["film"]}>
      {video && (
        <div class={css["steps"]}>
          <Button small hint={hint("frameBack")} onClick={() => stepFromStill(-1)}>
            {t("media.film.back")}
          </Button>
          <output class={css["clock"]} aria-busy={waiting > 0} title={t("media.film.exact")}>
            {t("media.film.at", { at: frame?.text ?? clock(0, 3), length: clock(film.seconds) })}
          </output>
          <Button small hint={hint("frameOn")} onClick={() => stepFromStill(1)}>
            {t("media.film.on")}
          </Button>
          <span class={css["edge"]} role="status">
            {edge}
          </span>
        </div>
      )}
      <div class={css["steps"]}>
        <Button small kind="quiet" hint={hint("slower")} onClick={() => flow(slower(run.rate))}>
          {t("media.film.slower")}
        </Button>
        <Button small icon={run.rate > 0 ? "pause" : "play"} hint={hint("pause")} onClick={() => flow(run.rate > 0 ? 0 : 1)}>
          {t(run.rate > 0 ? "media.film.pause" : "media.film.play")}
        </Button>
        <Button small kind="quiet" hint={hint("faster")} onClick={() => flow(faster(run.rate))}>
          {t("media.film.faster")}
        </Button>
        <output class={css["rate"]}>{run.rate === 0 ? t("media.film.still") : t("media.film.rate", { rate: run.rate })}</output>
        <Button small kind="quiet" icon="audio" hint={hint("sound")} pressed={run.sound} onClick={() => void sound()}>
          {t("media.film.sound")}
        </Button>
      </div>
      {video && <Frames {...p} seconds={seconds} />}
      {film.wave && <Wave wave={film.wave} loudness={film.loudness} at={seconds} onPick={(s) => step(0, s * 1e6)} />}
      <p class="dim">{film.frames > 0 ? t("media.film.looked", { n: film.frames, engine: film.engine }) : t("media.film.unseen")}</p>
      {film.coarse && <Partial text={t("media.film.coarse")} details={<Said most={600}>{film.note}</Said>} />}
    </div>
  );
}

// Frames are those that were kept, in a row; each leads to its moment.
function Frames({ caseID, card, film, onFrame, run, onRun, seconds }: Props & { seconds: number }) {
  const row = useRef<HTMLDivElement>(null);
  const times = film.strip_at;
  useVars(row, { "--frames": String(Math.max(times.length, 1)) });
  if (times.length === 0) return <p class="dim">{t("media.film.noStrip")}</p>;
  const decimals = decimalsFor(times);
  const here = nearestIn(times, seconds);
  return (
    <div ref={row} class={css["frames"]} role="group" aria-label={t("media.film.frames")}>
      <Evidence case={caseID} id={card.id} name={card.name} kind={card.kind} described={card.described} warning={card.warning} size="strip" readable={card.readable} />
      <div class={css["stamps"]}>
        {times.map((at, i) => (
          <button
            key={at}
            type="button"
            class={css["stamp"]}
            aria-current={i === here || undefined}
            aria-label={t("media.film.show", { at: clock(at, decimals) })}
            onClick={() => {
              if (run.rate > 0) onRun({ ...run, rate: 0 });
              onFrame(atSeconds(at));
            }}
          >
            {clock(at, decimals)}
          </button>
        ))}
      </div>
    </div>
  );
}
