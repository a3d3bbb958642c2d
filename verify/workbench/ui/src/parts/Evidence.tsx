// A picture, video or sound of the case: the only part that shows media. What
// it shows is softened by the server until the person reveals it; before that
// it asks for no sharp picture at all. See care.ts for the rules.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { level, revealOf, reveal, softenOne, show, restart, revealing, type Stage, type Subject } from "../care";
import { hint, useKeys } from "../keys";
import type { Room } from "../actions";
import { route } from "../router";
import { inRow, t } from "../text";
import { Button } from "./Button";
import css from "./Evidence.module.css";
import { Icon, type IconName } from "./Icon";
import { MaskEditor, Masks, MaskTools, useCovering, type Mask } from "./Masks";
import { duration } from "./measure";
import { RevealWords, useHost } from "./Reveal";
import { Scraped, visible } from "./Scraped";

// Flow lets a screen run a revealed video by keys and buttons of its own.
export interface Flow {
  rate: number; // 0 stands still
  sound: boolean;
  from?: number; // seconds
  onAt?: (seconds: number) => void;
}

export interface EvidenceProps {
  case: string;
  id: string; // SHA-256 of the item
  name: string;
  kind: string; // image, video, audio, document, other
  described: string; // what a person wrote of what is seen
  warning: string; // none, moderate, severe, "" where nobody said
  warningBy?: string;
  tags?: readonly string[];
  notes?: readonly { text: string; by: string }[];
  at?: number; // ms: a frame of a video
  size?: "cell" | "view" | "strip"; // strip: the frames of a video in a row
  current?: boolean; // the key that reveals means this one
  group?: string; // what is revealed together with it; itself when left out
  layer?: boolean; // fills its parent and has no words or buttons of its own
  flow?: Flow; // runs a video or a sound; without it a video is a still picture
  detail?: "preview" | "original"; // once revealed
  masks?: readonly Mask[];
  masked?: boolean; // parts are covered, even where masks are not at hand: a video is not run then
  onMasks?: (masks: Mask[]) => void; // lets the person cover parts
  seconds?: number; // the length of a video or a sound
  still?: boolean; // a picture, even where it could run
  hosted?: boolean; // shown by the frame itself, for groups that no screen shows
  readable?: boolean; // false where no picture could be made
  onOpen?: () => void;
}

export function Evidence(p: EvidenceProps) {
  const size = p.size ?? "cell";
  const group = p.group ?? p.id;
  const subject: Subject = { id: p.id, name: p.name, kind: p.kind, warning: p.warning, described: p.described, ...(p.warningBy ? { warningBy: p.warningBy } : {}), ...(p.tags ? { tags: p.tags } : {}), ...(p.notes ? { notes: p.notes } : {}) };
  return (
    <>
      {p.current && <RevealKey act={() => reveal(group, [subject])} />}
      {p.layer ? <Layer {...p} group={group} /> : size === "cell" ? <Cell {...p} /> : size === "strip" ? <Strip {...p} group={group} /> : <View {...p} group={group} subject={subject} />}
    </>
  );
}

function RevealKey({ act }: { act: () => void }) {
  useKeys(route.value.screen as Room, { reveal: act });
  return null;
}

// address is where the server keeps a picture of an item.
function address(p: Pick<EvidenceProps, "case" | "id">, size: string, query: Record<string, string | number | undefined> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const text = search.toString();
  return `/media/${encodeURIComponent(p.case)}/${p.id}/${size}${text === "" ? "" : "?" + text}`;
}

// sharpAddress is the picture that a stage of the reveal shows. The server
// covers what is masked in all but the file itself; while covers are drawn they
// lie over the bare picture.
function sharpAddress(p: EvidenceProps, stage: Stage, drawing = false): string {
  const whole = p.detail === "original" && p.kind === "image" && p.at === undefined;
  if (whole) return fileAddress(p);
  return address(p, "preview", { at: p.at, grey: stage === "grey" ? 1 : undefined, unmasked: drawing ? 1 : undefined, covers: drawing ? undefined : mark(p.masks) });
}

// fileAddress is the file itself: what is masked in it is covered here.
function fileAddress(p: EvidenceProps): string {
  return address(p, "original", { unmasked: p.masks?.length ? 1 : undefined });
}

function isWhole(src: string): boolean {
  return /\/original(\?|$)/.test(src);
}

// mark tells covers apart, so that a picture is asked for anew when they change.
function mark(masks: readonly Mask[] | undefined): string | undefined {
  if (!masks?.length) return undefined;
  let sum = 0;
  for (const c of JSON.stringify(masks)) sum = (Math.imul(sum, 31) + c.charCodeAt(0)) | 0;
  return (sum >>> 0).toString(36);
}

// runs tells whether a video or a sound is run here.
function runs(p: EvidenceProps): boolean {
  return p.flow !== undefined && !p.still && !(p.masked && p.masks === undefined);
}

function isSharp(stage: Stage): boolean {
  return stage === "grey" || stage === "colour";
}

// Cell is an item in a list: sharp only where the whole screen is.
function Cell(p: EvidenceProps) {
  const sharp = level.value === "sharp" && p.warning !== "severe";
  const veiled = level.value === "veil";
  return (
    <span class={css["cell"]} onDblClick={p.onOpen}>
      {veiled ? (
        <Veil {...p} />
      ) : (
        <Picture {...p} src={sharp ? address(p, "thumb", { at: p.at }) : address(p, "soft", { at: p.at })} soft={!sharp} grey lazy />
      )}
      {!sharp && (p.described || p.warning === "moderate" || p.warning === "severe") && (
        <span class={css["beside"]} aria-hidden="true">
          {(p.warning === "moderate" || p.warning === "severe") && <span class={css["warning"]}>{t(`parts.evidence.short.${p.warning}`)}</span>}
          {p.described && (
            <span class={css["described"]}>
              <Scraped most={160}>{p.described}</Scraped>
            </span>
          )}
        </span>
      )}
    </span>
  );
}

// Strip shows the frames of a video in a row.
function Strip(p: EvidenceProps & { group: string }) {
  const stage = revealOf(p.group, p.warning);
  if (level.value === "veil" && !isSharp(stage)) return <Veil {...p} />;
  return (
    <span class={css["strip"]}>
      <Picture {...p} src={isSharp(stage) ? address(p, "strip", { grey: stage === "grey" ? 1 : undefined, covers: mark(p.masks) }) : address(p, "strip-soft")} soft={!isSharp(stage)} grey={stage !== "colour"} what={t("parts.evidence.frames")} />
    </span>
  );
}

// Layer fills its parent: screens that lay pictures over each other use it.
function Layer(p: EvidenceProps & { group: string }) {
  const stage = revealOf(p.group, p.warning);
  useHost(p.group, "layer");
  const sharp = isSharp(stage);
  if (level.value === "veil" && !sharp) return <span class={`${css["layer"]} ${css["flat"]}`} role="img" aria-label={told(p, true)} />;
  return (
    <span class={css["layer"]}>
      {sharp && runs(p) && p.kind === "video" ? <Film {...p} grey={stage === "grey"} /> : <Picture {...p} src={sharp ? sharpAddress(p, stage) : address(p, "soft", { at: p.at })} soft={!sharp} grey={stage !== "colour"} fill />}
      {sharp && (p.flow || p.detail === "original") && <Masks masks={p.masks ?? []} />}
    </span>
  );
}

// View is one item with its words, the reveal and what can be done then.
function View(p: EvidenceProps & { group: string; subject: Subject }) {
  const stage = revealOf(p.group, p.warning);
  const sharp = isSharp(stage);
  const full = revealing.value?.group === p.group && revealing.value.full;
  const covering = useCovering(p.masks ?? [], p.onMasks);
  useHost(p.group, p.hosted ? "frame" : "view");
  useEffect(() => {
    if (!sharp) covering.drop();
  }, [sharp]);
  const pictured = p.readable !== false && (p.kind === "image" || p.kind === "video");
  return (
    <figure class={css["view"]} data-soft={!sharp || undefined} data-full={full || undefined}>
      {p.kind === "audio" && runs(p) && <Film {...p} grey={false} />}
      {!pictured ? (
        <Unshown {...p} />
      ) : level.value === "veil" && !sharp ? (
        <Veil {...p} />
      ) : sharp && runs(p) && p.kind === "video" && p.flow?.rate !== 0 ? (
        <Film {...p} grey={stage === "grey"}>
          <Masks masks={p.masks ?? []} />
        </Film>
      ) : (
        <Picture {...p} src={sharp ? sharpAddress(p, stage, covering.draft !== null) : address(p, "soft", { at: p.at })} soft={!sharp} grey={stage !== "colour"}>
          {sharp && covering.draft && <MaskEditor draft={covering.draft} onChange={covering.change} />}
          {sharp && !covering.draft && p.detail === "original" && <Masks masks={p.masks ?? []} />}
        </Picture>
      )}
      {covering.draft && <MaskTools draft={covering.draft} onChange={covering.change} onDone={covering.done} />}
      {stage === "asked" ? (
        <RevealWords group={p.group} subjects={[p.subject]} />
      ) : (
        <figcaption class={css["foot"]}>
          {!sharp && <p class={css["words"]}>{p.described ? <Scraped most={600}>{p.described}</Scraped> : <span class="dim">{t("parts.evidence.none")}</span>}</p>}
          {pictured && (
            <span class={css["acts"]}>
              {!sharp && (
                <Button icon="eye" hint={p.current || p.hosted ? hint("reveal") : ""} onClick={() => reveal(p.group, [p.subject])}>
                  {t("parts.evidence.reveal")}
                </Button>
              )}
              {sharp && <SharpActs p={p} stage={stage} full={full} covering={covering.draft !== null} onCover={covering.draft ? covering.done : covering.begin} />}
            </span>
          )}
        </figcaption>
      )}
    </figure>
  );
}

function SharpActs({ p, stage, full, covering, onCover }: { p: EvidenceProps & { group: string; subject: Subject }; stage: Stage; full: boolean; covering: boolean; onCover: () => void }) {
  const alone = revealing.value?.group === p.group;
  return (
    <>
      <Button small hint={p.current || p.hosted ? hint("reveal") : ""} onClick={() => reveal(p.group, [p.subject])}>
        {stage === "grey" ? t("parts.evidence.colour") : t("parts.evidence.toGrey")}
      </Button>
      {alone && (
        <Button small onClick={() => show(p.group, !full)}>
          {full ? t("parts.evidence.small") : t("parts.evidence.full")}
        </Button>
      )}
      {p.onMasks && (
        <Button small icon="cover" pressed={covering} onClick={onCover}>
          {t("parts.mask.cover")}
        </Button>
      )}
      {alone && (
        <Button small icon="eyeOff" hint="Esc" onClick={softenOne}>
          {t("parts.evidence.soften")}
        </Button>
      )}
    </>
  );
}

interface PictureProps extends EvidenceProps {
  src: string;
  soft: boolean;
  grey: boolean;
  fill?: boolean;
  lazy?: boolean;
  what?: string;
  children?: ComponentChildren;
}

function Picture(p: PictureProps) {
  const box = useRef<HTMLSpanElement>(null);
  const [broken, setBroken] = useState("");
  if (broken === p.src) return <Unshown {...p} />;
  return (
    <span ref={box} class={[css["picture"], p.fill && css["fill"], p.soft && css["softened"]].filter(Boolean).join(" ")}>
      <img
        src={p.src}
        alt={p.what ?? told(p, p.soft)}
        class={p.grey && isWhole(p.src) ? css["grey"] : undefined}
        loading={p.lazy ? "lazy" : "eager"}
        decoding="async"
        draggable={false}
        onLoad={(e) => box.current?.style.setProperty("--aspect", String(e.currentTarget.naturalWidth / e.currentTarget.naturalHeight || 1))}
        onError={() => setBroken(p.src)}
      />
      {p.children}
    </span>
  );
}

// Film is a video or a sound that runs: never by itself, and without sound
// unless asked for. While it runs, the reveal is not taken back.
function Film(p: EvidenceProps & { grey: boolean; children?: ComponentChildren }) {
  const video = useRef<HTMLVideoElement>(null);
  const box = useRef<HTMLSpanElement>(null);
  const { rate = 0, sound = false, from, onAt } = p.flow ?? {};
  useEffect(() => {
    const at = video.current;
    if (!at) return;
    at.muted = !sound;
    if (rate > 0) at.playbackRate = rate;
    if (rate === 0) at.pause();
    else at.play().catch(() => undefined); // what cannot be played stays a still picture
  }, [rate, sound]);
  useEffect(() => {
    if (video.current && from !== undefined) video.current.currentTime = from;
  }, [from]);
  return (
    <span ref={box} class={p.kind === "audio" ? css["unseen"] : `${css["picture"]} ${p.layer ? css["fill"] : ""}`}>
      <video
        ref={video}
        src={fileAddress(p)}
        class={p.grey ? css["grey"] : undefined}
        aria-label={told(p, false)}
        muted
        playsInline
        disablePictureInPicture
        disableRemotePlayback
        preload="metadata"
        onLoadedMetadata={(e) => box.current?.style.setProperty("--aspect", String(e.currentTarget.videoWidth / e.currentTarget.videoHeight || 1))}
        onTimeUpdate={(e) => {
          restart();
          onAt?.(e.currentTarget.currentTime);
        }}
      />
      {p.children}
    </span>
  );
}

// Veil is a flat colour with words in place of a picture.
function Veil(p: EvidenceProps) {
  return (
    <span class={css["veil"]} role="img" aria-label={told(p, true)}>
      <Icon name={icons[p.kind] ?? "document"} size={20} />
    </span>
  );
}

function Unshown(p: EvidenceProps) {
  const why = p.readable === false || p.kind === "image" || p.kind === "video" ? t("parts.evidence.broken") : t("parts.evidence.unshown");
  return (
    <span class={css["veil"]} role="img" aria-label={`${told(p, true)}. ${why}`}>
      <Icon name={icons[p.kind] ?? "document"} size={20} />
      {(p.size === "view" || p.layer) && <span class={css["why"]}>{p.kind === "audio" ? t("parts.evidence.kind.audio") : why}</span>}
    </span>
  );
}

const icons: Record<string, IconName> = { image: "image", video: "video", audio: "audio", document: "document" };

// told is what is said of an item in place of seeing it.
function told(p: EvidenceProps, soft: boolean): string {
  const kind = t(p.kind in icons ? (`parts.evidence.kind.${p.kind}` as "parts.evidence.kind.image") : "parts.evidence.kind.other");
  const what = inRow([p.seconds ? duration(p.seconds) : "", p.described ? visible(p.described, 400) : t("parts.evidence.none")].filter(Boolean));
  return t(soft ? "parts.evidence.soft" : "parts.evidence.sharp", { kind, what });
}
