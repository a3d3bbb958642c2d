import { useEffect, useRef, useState } from "preact/hooks";
import type { ScanStage, ScanStanding, ScanUnfinished, SourceIn } from "../../api.gen";
import { Button } from "../../parts/Button";
import { copy } from "../../parts/Copy";
import { Icon } from "../../parts/Icon";
import { Progress } from "../../parts/Progress";
import { Said } from "../../parts/Scraped";
import { withoutPaths } from "../../parts/State";
import { inZone } from "../../parts/zone";
import { address, go } from "../../router";
import { settings } from "../../session";
import { count, t, type Key } from "../../text";
import { Problems } from "./Problems";
import { busy, heading, left, rate, said } from "./words";
import css from "./Import.module.css";

interface Props {
  case: string;
  scan: ScanStanding;
  onPause: () => void;
  onResume: () => void;
  onStop: () => void;
  onAnother?: (() => void) | undefined;
}

// ScanPanel shows how far a scan is, what it met, and how it ended.
export function ScanPanel({ case: id, scan, onPause, onResume, onStop, onAnother }: Props) {
  const going = busy(scan);
  return (
    <section class={css.scan} aria-labelledby="import-scan" data-state={scan.state}>
      <div class={css.top}>
        <h2 id="import-scan">{heading(scan)}</h2>
        <div class={css.acts}>
          {scan.state === "running" && (
            <Button icon="pause" onClick={onPause}>
              {t("import.scan.pause")}
            </Button>
          )}
          {(scan.state === "paused" || scan.state === "stopped" || scan.state === "failed") && (
            <Button kind="main" icon="play" onClick={onResume}>
              {t("import.scan.resume")}
            </Button>
          )}
          {(scan.state === "running" || scan.state === "paused") && (
            <Button icon="stop" onClick={onStop}>
              {t("import.scan.stop")}
            </Button>
          )}
          {scan.state === "done" && <Button kind="main" onClick={() => go(address(id, "media"))}>{t("import.outcome.gallery")}</Button>}
          {onAnother && (
            <Button icon="add" onClick={onAnother}>
              {t("import.outcome.another")}
            </Button>
          )}
        </div>
      </div>
      <Outcome case={id} scan={scan} />
      {scan.state !== "done" && <p class="dim">{t(going ? "import.scan.leave" : "import.scan.safe")}</p>}
      <Stages scan={scan} />
      <Spoken text={said(scan)} quiet={!going} />
      <Problems scan={scan} />
    </section>
  );
}

// Outcome says in a sentence what a scan brought, or why it could not go on.
function Outcome({ case: id, scan }: { case: string; scan: ScanStanding }) {
  const out = scan.outcome;
  const failure = scan.failure;
  if (failure)
    return (
      <div class={css.failure} role="alert">
        <Icon name="alert" size={20} />
        <div>
          <p class={css.what}>{failure.what}</p>
          <p>{failure.safe}</p>
          <p>{failure.hint}</p>
          <Button kind="quiet" small icon="copy" onClick={() => copy(withoutPaths(`Firsthand scan: ${failure.what} ${failure.details}`), "details")}>
            {t("import.details")}
          </Button>
        </div>
      </div>
    );
  if (!out) return null;
  const parts = [t("import.outcome.new", { n: out.new }), t("import.outcome.known", { n: out.known })];
  if (out.unreadable > 0) parts.push(t("import.outcome.unreadable", { n: out.unreadable }));
  if (out.gone > 0) parts.push(t("import.outcome.gone", { n: out.gone }));
  return (
    <p class={css.outcome} role="status">
      {parts.join(" · ")}
      {out.unreadable > 0 && (
        <>
          {" — "}
          <a href={`${address(id, "media")}?filter=problem%3Aunreadable`}>{t("import.outcome.problems")}</a>
        </>
      )}
    </p>
  );
}

// Stages lists what a scan goes through.
function Stages({ scan }: { scan: ScanStanding }) {
  const halted = !busy(scan) && scan.state !== "done";
  return (
    <>
      <table class={css.stages}>
        <thead>
          <tr>
            <th scope="col">{t("import.stage")}</th>
            <th scope="col">{t("import.stage.count")}</th>
            <th scope="col" class={css.figure}>
              {t("import.stage.rate")}
            </th>
            <th scope="col" class={css.figure}>
              {t("import.stage.left")}
            </th>
          </tr>
        </thead>
        <tbody>
          {scan.stages.map((s) => (
            <Row key={s.id} stage={s} halted={halted && s.state === "running"} />
          ))}
        </tbody>
      </table>
      <p class={css.note}>{t("import.files.once")}</p>
    </>
  );
}

function Row({ stage, halted }: { stage: ScanStage; halted: boolean }) {
  const name = t(`import.stage.${stage.id}` as Key);
  const state = halted ? "halted" : stage.state;
  const known = stage.total > 0;
  return (
    <tr data-state={state}>
      <th scope="row">
        <span class={css.mark} aria-hidden="true">
          {state === "done" ? <Icon name="check" /> : state === "halted" ? <Icon name="pause" /> : state === "running" ? <span class={css.pulse} /> : <span class={css.waits} />}
        </span>
        {name}
        <span class="heard">, {t(`import.state.${state}` as Key)}</span>
        {stage.detail && (
          <span class={css.detail}>
            <Said most={80}>{stage.detail}</Said>
          </span>
        )}
      </th>
      <td>{known && state !== "waiting" ? <Progress value={stage.done} max={stage.total} label={name} /> : state === "waiting" || (stage.id === "grouped" && stage.done === 0) ? "" : count(stage.done)}</td>
      <td class={css.figure}>{state === "running" ? rate(stage.per_second) : ""}</td>
      <td class={css.figure}>{state === "running" && stage.left_seconds !== null ? left(stage.left_seconds) : ""}</td>
    </tr>
  );
}

const sayEvery = 5000; // ms

// Spoken tells those who listen how far it is, no oftener than they can bear.
function Spoken({ text, quiet }: { text: string; quiet: boolean }) {
  const [said, setSaid] = useState("");
  const now = useRef(text);
  now.current = text;
  useEffect(() => {
    if (quiet) return;
    const timer = setInterval(() => setSaid(now.current), sayEvery);
    return () => clearInterval(timer);
  }, [quiet]);
  return (
    <p class="heard" aria-live="polite">
      {said}
    </p>
  );
}

// Interrupted offers to go on with a scan of an earlier run of the program.
export function Interrupted({ of, onGo }: { of: ScanUnfinished; onGo: (folders: SourceIn[]) => void }) {
  return (
    <div class={css.interrupted} role="note">
      <p>{t("import.interrupted", { at: inZone(of.began, settings.value.case_zone || "UTC") })}</p>
      <Button icon="play" onClick={() => onGo(of.folders.map((f) => ({ ...f, obtained: "", zone: "", moved: false })))}>
        {t("import.interrupted.act")}
      </Button>
    </div>
  );
}
