// Care for the person looking: how sharp pictures are, which one is revealed
// and for how long, and when a break is due. Nothing of it is recorded.
import { batch, computed, effect, signal } from "@preact/signals";
import { here } from "./case";
import { posed } from "./exercise";
import { route } from "./router";
import { settings, type Level } from "./session";

// Subject is an item that may be revealed, with the words shown before it is.
export interface Subject {
  id: string;
  name?: string;
  kind?: string;
  warning: string; // none, moderate, severe, or "" where nobody said
  warningBy?: string; // person, text, copy
  described: string;
  tags?: readonly string[];
  notes?: readonly { text: string; by: string }[];
}

// Stage is how far the reveal of a group has gone: its words are shown and the
// choices offered (asked), it is shown in grey, in colour.
export type Stage = "soft" | "asked" | "grey" | "colour";

interface Reveal {
  group: string;
  subjects: readonly Subject[];
  stage: Stage;
  full: boolean; // as large as there is room, not 480 px
}

const revealed = signal<Reveal | null>(null);
const screenLevel = signal<Level | null>(null);
const confirmed = signal<ReadonlySet<string>>(new Set()); // severe groups whose reveal was confirmed, until softened again

// blank covers the whole screen until a key or a press takes it off.
export const blank = signal(false);

// level is how sharp this screen is.
export const level = computed<Level>(() => (blank.value ? "veil" : locked(screenLevel.value ?? settings.value.level)));

// lockedBy is why the screen stays softened: others see it, or it is one of an
// exercise, of which single pictures are revealed.
export const lockedBy = computed<"projector" | "exercise" | "">(() => (settings.value.projector || route.value.screen === "projector" ? "projector" : posed.value ? "exercise" : ""));

function locked(wanted: Level): Level {
  const unknown = route.value.case !== "" && here.value === null; // it may be one of an exercise
  return (lockedBy.value !== "" || unknown) && wanted === "sharp" ? "softened" : wanted;
}

// severe tells whether one of several items is marked severe.
export function severe(subjects: readonly Pick<Subject, "warning">[]): boolean {
  return subjects.some((s) => s.warning === "severe");
}

// revealOf is how far a group is revealed. On a sharp screen all is, but for
// severe items: those are always asked for one by one.
export function revealOf(group: string, warning = ""): Stage {
  if (blank.value) return "soft";
  const now = revealed.value;
  if (now?.group === group) return now.stage;
  return level.value === "sharp" && warning !== "severe" ? "grey" : "soft";
}

// revealing is the reveal that is under way or done, null for none.
export const revealing = computed(() => (blank.value ? null : revealed.value));

// needsConfirm tells whether a severe group waits to be confirmed.
export function needsConfirm(group: string, subjects: readonly Subject[]): boolean {
  return severe(subjects) && !confirmed.value.has(group);
}

// confirm lets a severe group be revealed.
export function confirm(group: string): void {
  confirmed.value = new Set([...confirmed.value, group]);
  restart();
}

// reveal goes one step on: first the words, then grey, then colour. Only one
// group is revealed at a time. A severe one stays at the words until confirmed.
export function reveal(group: string, subjects: readonly Subject[]): void {
  if (blank.value) return;
  const now = revealed.value;
  if (now?.group !== group) {
    const shown = level.value === "sharp" && !severe(subjects);
    revealed.value = { group, subjects, stage: shown ? "colour" : "asked", full: shown };
    if (!shown) confirmed.value = new Set();
  } else if (now.stage === "asked") {
    show(group, now.full);
  } else {
    revealed.value = { ...now, stage: now.stage === "grey" ? "colour" : "grey" };
  }
  restart();
}

// show answers the choice offered with the words: grey and small, or full.
export function show(group: string, full: boolean): void {
  const now = revealed.value;
  if (now?.group !== group || needsConfirm(group, now.subjects)) return;
  if (now.stage === "asked" && severe(now.subjects)) severeSeen.value += 1;
  revealed.value = { ...now, stage: now.stage === "asked" ? "grey" : now.stage, full };
  restart();
}

// softenAll takes every reveal back, and the sharpness of this screen.
export function softenAll(): void {
  batch(() => {
    revealed.value = null;
    if (confirmed.value.size > 0) confirmed.value = new Set();
    if (screenLevel.value === "sharp") screenLevel.value = null;
  });
}

// softenOne takes back the reveal, if there is one, and tells if there was.
export function softenOne(): boolean {
  if (!revealed.value) return false;
  revealed.value = null;
  confirmed.value = new Set();
  return true;
}

// switchSoftening turns softening of this screen off and on.
export function switchSoftening(): void {
  batch(() => {
    const sharp = level.value === "sharp";
    softenOne();
    if (!sharp) screenLevel.value = "sharp";
    else screenLevel.value = settings.value.level === "sharp" ? "softened" : null;
  });
}

// switchBlank covers the screen and softens it, or uncovers it.
export function switchBlank(): void {
  batch(() => {
    softenAll();
    blank.value = !blank.value;
  });
}

let timer: ReturnType<typeof setTimeout> | undefined;

// restart begins the time after which a reveal is taken back. Each deliberate
// act on a revealed item begins it again, so does a video while it runs.
export function restart(): void {
  clearTimeout(timer);
  const seconds = settings.value.reseal_seconds;
  if (seconds > 0 && revealed.value) timer = setTimeout(softenOne, seconds * 1000);
}

// The break clock counts the minutes in which a review screen is in sight.
const reviewScreens = new Set(["gallery", "media", "compare", "clusters", "incidents", "checklist", "workshop"]);
const severeSeen = signal(0);
const putOff = signal(false);

export const minutes = signal(0);
export const breakDue = computed(() => dueFor(minutes.value, severeSeen.value, settings.value) && !putOff.value);

// dueFor tells whether a break is to be suggested.
export function dueFor(minutes: number, severe: number, at: { break_minutes: number; break_severe: number }): boolean {
  return (at.break_minutes > 0 && minutes >= at.break_minutes) || (at.break_severe > 0 && severe >= at.break_severe);
}

// rest begins the break clock anew.
export function rest(): void {
  batch(() => {
    minutes.value = 0;
    severeSeen.value = 0;
    putOff.value = false;
  });
}

// later puts the suggestion of a break off until the clock is begun anew.
export function later(): void {
  putOff.value = true;
}

// watch keeps the rules of care as the person moves: leaving a screen or the
// window softens all again, the next item takes the reveal back, and each
// minute in review is counted.
export function watch(): void {
  let screen = "";
  let item = "";
  effect(() => {
    const before = screen + item;
    const left = screen !== `${route.value.case}/${route.value.screen}`;
    screen = `${route.value.case}/${route.value.screen}`;
    item = "/" + route.value.id;
    if (before !== screen + item) queueMicrotask(left ? softenAll : softenOne);
  });
  addEventListener("blur", softenAll);
  addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape") softenAll(); // whatever else it closes
    },
    true,
  );
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) softenAll();
  });
  setInterval(() => {
    if (!document.hidden && reviewScreens.has(route.peek().screen)) minutes.value += 1;
  }, 60_000);
}
