import { useEffect, useRef, useState } from "preact/hooks";
import type { Stage, Subject } from "../../care";
import { hint } from "../../keys";
import { Button } from "../../parts/Button";
import { Check } from "../../parts/Field";
import { useVars } from "../../parts/vars";
import { clamp } from "../../parts/viewport";
import { Viewport } from "../../parts/Viewport";
import { t } from "../../text";
import css from "./Compare.module.css";
import { matrix3d, stretched } from "./geometry";
import { Picture, shapeOf } from "./Picture";
import { Regions } from "./Regions";
import { Looking } from "./Looking";
import type { Panes } from "./view";

type Props = Panes & { stage: Stage; subjects: readonly Subject[]; scene: boolean };

// Over shows B laid on A through what the two share: to either side of a line,
// in turn, or as their difference.
export function Over(p: Props) {
  const { view } = p;
  const size = view.sizes.a;
  const laid = useRef<HTMLDivElement>(null);
  const cut = useRef<HTMLDivElement>(null);
  const hidden = view.mode === "flicker" && !view.showB;
  useVars(laid, { "--lay": matrix3d(p.bToA ?? stretched, size, size) });
  useVars(cut, { "--from": `${view.mode === "slider" ? view.slider * 100 : 0}%`, "--opacity": String(hidden ? 0 : view.opacity) });
  return (
    <>
      <div class={`${css["window"]} ${css["tall"]}`}>
        <Viewport label={t("compare.windowBoth")} picture={shapeOf(p.a.card)} look={view.look} onLook={(look) => p.onView({ look })} onSize={(fitted) => p.onSize("a", fitted)}>
          <Picture caseID={p.caseID} side={p.a} group={p.group} near={view.look.zoom > 2} />
          <div ref={cut} class={css["cut"]} data-mode={view.mode}>
            <div ref={laid} class={css["laid"]}>
              <Picture caseID={p.caseID} side={p.b} group={p.group} near={view.look.zoom > 2} />
            </div>
          </div>
          {view.mode === "slider" && <Line share={view.slider} />}
          {view.regions && <Regions regions={p.regions} side="a" size={size} zoom={view.look.zoom} lit={p.lit} onLit={p.onLit} />}
        </Viewport>
      </div>
      <Controls {...p} />
      {!p.bToA && (
        <p class="dim" role="note">
          {t("compare.noMap")}
        </p>
      )}
      {p.bToA && p.scene && (
        <p class="dim" role="note">
          {t("compare.takes")}
        </p>
      )}
      <Looking {...p} />
    </>
  );
}

function Line({ share }: { share: number }) {
  const line = useRef<HTMLSpanElement>(null);
  useVars(line, { "--from": `${share * 100}%` });
  return <span ref={line} class={css["line"]} aria-hidden="true" />;
}

// Controls are those of the way that is chosen; all of them have keys too.
function Controls(p: Props) {
  const { view, onView } = p;
  return (
    <div class={css["controls"]}>
      {view.mode === "slider" && (
        <label class={css["range"]}>
          {t("compare.position")}
          <input type="range" min={0} max={100} value={Math.round(view.slider * 100)} onInput={(e) => onView({ slider: Number(e.currentTarget.value) / 100 })} />
        </label>
      )}
      {view.mode === "flicker" ? (
        <Flicker {...p} />
      ) : (
        <span class={css["range"]}>
          {t("compare.opacity")}
          <Button small kind="quiet" label={t("compare.less")} hint={hint("less")} disabled={view.opacity <= 0} onClick={() => onView({ opacity: clamp(view.opacity - 0.1, 0, 1) })}>
            −
          </Button>
          <output>{t("compare.percent", { n: Math.round(view.opacity * 100) })}</output>
          <Button small kind="quiet" label={t("compare.more")} hint={hint("more")} disabled={view.opacity >= 1} onClick={() => onView({ opacity: clamp(view.opacity + 0.1, 0, 1) })}>
            +
          </Button>
        </span>
      )}
    </div>
  );
}

const turn = 1000; // ms: never more than two changes a second (WCAG 2.3.1)

// Flicker shows A and B in turn, by hand; by itself only when asked, slowly.
function Flicker({ view, onView }: Props) {
  const [auto, setAuto] = useState(false);
  const shows = useRef(view.showB);
  shows.current = view.showB;
  useEffect(() => {
    if (!auto) return;
    const timer = setInterval(() => onView({ showB: !shows.current }), turn);
    return () => clearInterval(timer);
  }, [auto]);
  const hold = (showB: boolean) => () => onView({ showB });
  return (
    <>
      <span onPointerDown={hold(true)} onPointerUp={hold(false)} onPointerLeave={hold(false)}>
        <Button small hint={hint("showB")} pressed={view.showB} onClick={(e) => e.detail === 0 && onView({ showB: !view.showB })}>
          {t("compare.showB")}
        </Button>
      </span>
      <output class={css["shows"]}>{t("compare.shows", { name: view.showB ? "B" : "A" })}</output>
      <Check label={t("compare.auto")} checked={auto} onChange={setAuto} />
    </>
  );
}
