import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { boundedWindow, shiftedWindow, zoomedWindow, type Window } from "./spans";

interface Pointing {
  svg: RefObject<SVGSVGElement | null>;
  window: Window;
  width: number;
  picks: boolean; // a drag picks a range; else it moves the timeline
  onWindow: (window: Window) => void;
  onDraft: (draft: [number, number] | null) => void;
  onPick: (a: number, b: number) => void;
  onClick: (at: number, extend: boolean) => void;
  onPoint: (at: number | null) => void;
}

const drag = 4; // pixels from which on a press is a drag and no click

// usePointer answers the mouse: the wheel zooms and moves, a drag picks or
// moves, a click picks one bin.
export function usePointer(of: Pointing): void {
  const now = useRef(of);
  now.current = of;
  useEffect(() => {
    const element = of.svg.current;
    if (!element) return;
    let pressed: { x: number; at: number; window: Window; dragged: boolean } | null = null;
    const xOf = (event: MouseEvent): number => event.clientX - element.getBoundingClientRect().left;
    const timeAt = (x: number, w: Window): number => w.from + (x / now.current.width) * (w.to - w.from);

    const down = (event: PointerEvent): void => {
      if (event.button !== 0 || onMark(event)) return;
      const { window } = now.current;
      pressed = { x: xOf(event), at: timeAt(xOf(event), window), window, dragged: false };
    };
    const move = (event: PointerEvent): void => {
      const { window, width, picks, onPoint, onDraft, onWindow } = now.current;
      const x = xOf(event);
      onPoint(timeAt(x, window));
      if (!pressed || (!pressed.dragged && Math.abs(x - pressed.x) < drag)) return;
      if (!pressed.dragged) element.setPointerCapture(event.pointerId);
      pressed.dragged = true;
      if (picks) onDraft([pressed.at, timeAt(Math.min(Math.max(x, 0), width - 1), window)]);
      else {
        const by = ((pressed.x - x) / width) * (window.to - window.from);
        onWindow(boundedWindow({ from: pressed.window.from + by, to: pressed.window.to + by }));
      }
    };
    const up = (event: PointerEvent): void => {
      const was = pressed;
      pressed = null;
      if (!was) return;
      const { window, picks, width, onDraft, onPick, onClick } = now.current;
      onDraft(null);
      if (event.type === "pointercancel" || !picks) return;
      const x = Math.min(Math.max(xOf(event), 0), width - 1);
      if (was.dragged) onPick(was.at, timeAt(x, window));
      else onClick(was.at, event.shiftKey);
    };
    let rested = false;
    let rest: ReturnType<typeof setTimeout> | undefined;
    // The wheel zooms once the pointer has rested here: a page that is scrolled
    // past a timeline goes on scrolling.
    const enter = (): void => {
      rest = setTimeout(() => (rested = true), 350);
    };
    const leave = (): void => {
      clearTimeout(rest);
      rested = false;
      now.current.onPoint(null);
    };
    const wheel = (event: WheelEvent): void => {
      const { window, onWindow } = now.current;
      if (event.ctrlKey || (!rested && !element.contains(document.activeElement))) return;
      event.preventDefault();
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) onWindow(shiftedWindow(window, sideways / 1000));
      else onWindow(zoomedWindow(window, Math.exp(Math.sign(event.deltaY) * Math.min(Math.abs(event.deltaY), 120) * 0.0035), timeAt(xOf(event), window)));
    };
    const stop = new AbortController();
    const on = { signal: stop.signal };
    element.addEventListener("pointerdown", down, on);
    element.addEventListener("pointermove", move, on);
    element.addEventListener("pointerup", up, on);
    element.addEventListener("pointercancel", up, on);
    element.addEventListener("pointerenter", enter, on);
    element.addEventListener("pointerleave", leave, on);
    element.addEventListener("wheel", wheel, { passive: false, signal: stop.signal });
    return () => {
      clearTimeout(rest);
      stop.abort();
    };
  }, []);
}

function onMark(event: Event): boolean {
  return event.target instanceof Element && event.target.closest("[role=button]") !== null;
}
