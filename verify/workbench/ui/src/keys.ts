// The one table of keys. Screens say what they do for an action; which key
// stands for it is decided here, and by the person in the settings.
import { effect, signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { actions, type Action, type ActionID, type Room } from "./actions";
import { settings } from "./session";
import { fromRight, t } from "./text";

// Handler does an action. What it gives back, if anything, is done when the
// key is let go (for keys that are held).
export type Handler = (event?: KeyboardEvent) => void | (() => void);
export type Handlers = Partial<Record<ActionID, Handler | undefined>>;

interface Layer {
  room: Room;
  depth: number; // of dialogs that were open when it was laid
  handlers: { current: Handlers };
}

const layers: Layer[] = [];
const laid = signal(0); // changes with the layers, for the list of keys

// dialogs is how many dialogs are open: keys go to the topmost one only.
export const dialogs = signal(0);

// whenFree acts as soon as no dialog has the keys to itself any more.
export function whenFree(act: () => void): void {
  const stop = effect(() => {
    if (dialogs.value > 0) return;
    queueMicrotask(() => {
      stop();
      act();
    });
  });
}

// along are the actions whose arrows point the way that the page reads.
const along: readonly string[] = ["prev", "next", "stepBack", "stepOn"];
const turned: Readonly<Record<string, string>> = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };

// keysOf gives the keys of an action as they stand: those chosen in the
// settings, or those of the table.
export function keysOf(action: Action, chosen: Readonly<Record<string, string>> = settings.value.keys): readonly string[] {
  const own = chosen[action.id];
  if (own === undefined) return fromRight() && along.includes(action.id) ? action.keys.map((k) => turned[k] ?? k) : action.keys;
  return own === "" ? [] : [own];
}

// hint is the key to show on a button of an action, "" where it has none.
export function hint(id: ActionID): string {
  const action = actions.find((a) => a.id === id);
  const key = action ? keysOf(action)[0] : undefined;
  if (!action || key === undefined || (!settings.value.single_keys && single(key))) return "";
  return written(key);
}

// single tells whether a key is one that text is typed with.
export function single(key: string): boolean {
  return !key.includes("Ctrl+") && !/^(Shift\+)?(Arrow\w+|Enter|Escape|Home|End|Page\w+|Tab)$/.test(key);
}

// clashes are the pairs of actions that share a key on a screen.
export function clashes(chosen: Readonly<Record<string, string>> = {}): { room: Room; key: string; actions: [ActionID, ActionID] }[] {
  const found: { room: Room; key: string; actions: [ActionID, ActionID] }[] = [];
  for (const room of roomsOf(actions)) {
    const taken = new Map<string, ActionID>();
    for (const action of actions.filter((a) => inRoom(a, room)))
      for (const key of keysOf(action, chosen)) {
        const other = taken.get(key);
        if (other !== undefined) found.push({ room, key, actions: [other, action.id] });
        else taken.set(key, action.id);
      }
    for (const [key, id] of taken) {
      const first = key.split(" ")[0] ?? "";
      const other = key.includes(" ") ? taken.get(first) : undefined;
      if (other !== undefined) found.push({ room, key: first, actions: [other, id] });
    }
  }
  return found;
}

function roomsOf(all: readonly Action[]): Room[] {
  return [...new Set(all.flatMap((a) => a.rooms))].filter((r) => r !== "everywhere");
}

function inRoom(action: Action, room: Room): boolean {
  return action.rooms.includes(room) || action.rooms.includes("everywhere");
}

// pressed is the name of a key as the table writes it: "a", "Shift+b",
// "Ctrl+k", "ArrowUp", "?". Shift counts for letters and named keys only:
// signs are already what Shift made of them.
export function pressed(event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string {
  if (event.altKey || event.key === "Unidentified" || event.key === "Dead") return "";
  const typed = latin(event);
  const letter = /^\p{L}$/u.test(typed);
  const named = typed === " " || typed.length > 1;
  const key = letter ? typed.toLowerCase() : typed === " " ? "Space" : typed;
  return (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + (event.shiftKey && (letter || named) ? "Shift+" : "") + key;
}

// latin is what the key would type on a Latin keyboard, for who writes in
// another script: the keys of the table are then those at the same places.
function latin(event: Pick<KeyboardEvent, "key" | "code" | "shiftKey">): string {
  if (event.key.length !== 1 || event.key <= "~" || /\p{Script=Latin}/u.test(event.key)) return event.key;
  const [, name = ""] = /^(?:Key|Digit)([A-Z0-9])$/.exec(event.code) ?? [];
  return name.toLowerCase() || (event.shiftKey ? shiftedPlaces[event.code] : places[event.code]) || event.key;
}

const places: Record<string, string> = { BracketLeft: "[", BracketRight: "]", Comma: ",", Period: ".", Slash: "/", Minus: "-", Equal: "=" };
const shiftedPlaces: Record<string, string> = { Slash: "?", Equal: "+" };

// written is a key as people read it.
export function written(key: string): string {
  return key
    .split(" ")
    .map((part) => {
      const names = part === "+" ? ["+"] : part.replace(/\+\+$/, "+plus").split("+");
      return names.map((name) => signs[name] ?? (name.length === 1 ? name.toUpperCase() : name)).join(" ");
    })
    .reduce((first, next) => t("keys.then", { first, next }));
}

const signs: Record<string, string> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  PageUp: "PgUp",
  PageDown: "PgDn",
  plus: "+",
};

// active are the actions that something answers to at this moment, in the
// order of the table.
export function active(): Action[] {
  void laid.value;
  return actions.filter((a) => layers.some((l) => inRoom(a, l.room) && l.handlers.current[a.id]));
}

// perform does an action as if its key was pressed, and tells if it could.
export function perform(id: ActionID, event?: KeyboardEvent): boolean {
  for (const layer of layers.toReversed()) {
    if (layer.depth < dialogs.value) continue;
    const action = actions.find((a) => a.id === id && inRoom(a, layer.room));
    const handler = action && layer.handlers.current[id];
    if (!handler) continue;
    const release = handler(event);
    if (release && event) held = { key: event.key, release };
    else release?.();
    return true;
  }
  return false;
}

let held: { key: string; release: () => void } | null = null;
let prefix = ""; // the first key of a pair, for a moment
let prefixTimer: ReturnType<typeof setTimeout> | undefined;

// typing tells whether keys belong to what has the focus.
function typing(event: KeyboardEvent, key: string): boolean {
  const at = event.target;
  if (!(at instanceof HTMLElement)) return false;
  if (at.isContentEditable || at instanceof HTMLTextAreaElement) return true;
  if (at instanceof HTMLSelectElement) return true;
  if (at instanceof HTMLInputElement) {
    if (!["checkbox", "radio", "range", "button", "submit"].includes(at.type)) return true;
    return /Arrow|Space|Enter|Home|End|Page/.test(key);
  }
  const own = at.closest("button, a, summary, [role=menuitem], [role=tab]");
  return own !== null && (key === "Enter" || key === "Space");
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const key = pressed(event);
  if (key === "" || (held && event.repeat && event.key === held.key)) {
    if (key !== "") event.preventDefault();
    return;
  }
  if (typing(event, key) && key !== "Escape" && !/^Ctrl\+(k|Shift\+t)$/.test(key)) return;
  const whole = prefix === "" ? key : `${prefix} ${key}`;
  clearPrefix();
  const action = find(whole) ?? find(key);
  if (action) {
    if (perform(action.id, event) && key !== "Escape") event.preventDefault(); // Esc closes what the browser has open, too
  } else if (begins(key)) {
    prefix = key;
    prefixTimer = setTimeout(clearPrefix, 1500);
    event.preventDefault();
  }
}

function clearPrefix(): void {
  clearTimeout(prefixTimer);
  prefix = "";
}

// find is the action that a key stands for among those that are answered to.
function find(key: string): Action | undefined {
  if (!settings.value.single_keys && single(key)) return undefined;
  for (const layer of layers.toReversed()) {
    if (layer.depth < dialogs.value) continue;
    const action = actions.find((a) => inRoom(a, layer.room) && layer.handlers.current[a.id] && keysOf(a).includes(key));
    if (action) return action;
  }
  return undefined;
}

function begins(key: string): boolean {
  return settings.value.single_keys && dialogs.value === 0 && active().some((a) => keysOf(a).some((k) => k.startsWith(key + " ")));
}

function onKeyUp(event: KeyboardEvent): void {
  if (held && held.key === event.key) letGo();
}

function letGo(): void {
  held?.release();
  held = null;
}

// listen begins to answer keys.
export function listen(): void {
  addEventListener("keydown", onKeyDown);
  addEventListener("keyup", onKeyUp);
  addEventListener("blur", letGo);
}

// useKeys answers actions of a screen for as long as its caller is shown. A
// handler that is undefined leaves its key to others.
export function useKeys(room: Room, handlers: Handlers): void {
  const current = useRef(handlers);
  current.current = handlers;
  useEffect(() => {
    const layer: Layer = { room, depth: dialogs.peek(), handlers: current };
    layers.push(layer);
    laid.value += 1;
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      laid.value += 1;
    };
  }, [room]);
}
