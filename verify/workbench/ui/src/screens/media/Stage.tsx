import { useRef, useState } from "preact/hooks";
import type { MediaPage } from "../../api.gen";
import { reveal, revealOf, type Subject } from "../../care";
import { hint, useKeys } from "../../keys";
import type { Mask } from "../../mask";
import { Button } from "../../parts/Button";
import { Evidence } from "../../parts/Evidence";
import { sentence } from "../../parts/Toast";
import { Scraped } from "../../parts/Scraped";
import { moved, nearer, whole, type Look } from "../../parts/viewport";
import { Viewport } from "../../parts/Viewport";
import { count, t } from "../../text";
import type { Frame } from "./film";
import { Film, type Run } from "./Film";
import css from "./Media.module.css";

// Stage shows the item itself: softened until it is revealed, as large as the
// person asks for, and of a video one frame at a time.
export function Stage({ caseID, page, onMasks }: { caseID: string; page: MediaPage; onMasks: (masks: Mask[]) => void }) {
  const card = page.card;
  const [look, setLook] = useState<Look>(whole);
  const [frame, setFrame] = useState<Frame | null>(null);
  const [run, setRun] = useState<Run>({ rate: 0, sound: false, from: 0 });
  const playing = useRef(0); // seconds
  const notes = page.said.notes.map(({ text, by }) => ({ text, by }));
  const stage = revealOf(card.id, card.warning);
  const sharp = stage === "grey" || stage === "colour";
  const moves = page.film !== null;
  useKeys("media", { zoomIn: () => setLook(nearer(look, 1)), zoomOut: () => setLook(nearer(look, -1)), zoomFit: () => setLook(whole) });
  const shared = {
    case: caseID,
    id: card.id,
    name: card.name,
    kind: card.kind,
    described: card.described,
    warning: card.warning,
    warningBy: card.warning_by,
    tags: card.tags,
    notes,
    masks: page.said.masks,
    current: true,
    readable: card.readable,
    ...(frame ? { at: frame.ms } : {}),
    ...(moves ? { flow: { rate: sharp ? run.rate : 0, sound: run.sound, from: run.from, onAt: (seconds: number) => (playing.current = seconds) } } : {}),
  };
  return (
    <section class={css["stage"]} data-near={look.zoom > 1 || undefined}>
      {look.zoom > 1 ? (
        <div class={css["near"]}>
          <Viewport label={t("media.window")} picture={{ width: card.width, height: card.height }} look={look} onLook={setLook}>
            <Evidence {...shared} layer detail={sharp && card.kind === "image" ? "original" : "preview"} />
          </Viewport>
          {!sharp && <NearReveal subject={{ id: card.id, name: card.name, kind: card.kind, warning: card.warning, described: card.described, tags: card.tags, notes }} />}
        </div>
      ) : (
        <Evidence {...shared} size="view" onMasks={onMasks} />
      )}
      {card.readable && <Nearness look={look} onLook={setLook} />}
      {page.unread && (
        <p class={css["broken"]} role="note">
          <Scraped most={400}>{sentence(page.unread)}</Scraped> {t("media.brokenHash")}
        </p>
      )}
      {page.film && <Film caseID={caseID} card={card} film={page.film} frame={frame} onFrame={setFrame} run={run} onRun={setRun} sharp={sharp} playing={playing} />}
    </section>
  );
}

// NearReveal offers to reveal what is enlarged and still softened.
function NearReveal({ subject }: { subject: Subject }) {
  return (
    <p class={css["veiled"]}>
      {t("media.hidden")}{" "}
      <Button small icon="eye" hint={hint("reveal")} onClick={() => reveal(subject.id, [subject])}>
        {t("media.reveal")}
      </Button>
    </p>
  );
}

const directions = [
  ["left", -0.2, 0, "◂"],
  ["right", 0.2, 0, "▸"],
  ["up", 0, -0.2, "▴"],
  ["down", 0, 0.2, "▾"],
] as const;

// Nearness enlarges the picture and moves it, all by buttons too.
export function Nearness({ look, onLook }: { look: Look; onLook: (look: Look) => void }) {
  return (
    <div class={css["nearness"]}>
      <Button small hint={hint("zoomOut")} disabled={look.zoom <= 1} onClick={() => onLook(nearer(look, -1))}>
        {t("media.zoomOut")}
      </Button>
      <output class={css["percent"]}>{t("media.zoom", { percent: count(Math.round(look.zoom * 100)) })}</output>
      <Button small hint={hint("zoomIn")} onClick={() => onLook(nearer(look, 1))}>
        {t("media.zoomIn")}
      </Button>
      {look.zoom > 1 && (
        <>
          <Button small kind="quiet" hint={hint("zoomFit")} onClick={() => onLook(whole)}>
            {t("media.zoomFit")}
          </Button>
          {directions.map(([name, dx, dy, sign]) => (
            <Button key={name} small kind="quiet" label={t(`media.pan.${name}`)} title={t(`media.pan.${name}`)} onClick={() => onLook(moved(look, dx, dy))}>
              {sign}
            </Button>
          ))}
        </>
      )}
    </div>
  );
}
