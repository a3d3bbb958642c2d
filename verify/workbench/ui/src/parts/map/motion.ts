import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { moved, zoomed, type Size, type View } from "./view";

interface Motion {
  svg: RefObject<SVGSVGElement | null>;
  moving: RefObject<SVGGElement | null>; // what follows the pointer while it drags
  view: View | null;
  size: Size;
  onView: (view: View) => void;
  onPointer: (at: [number, number] | null) => void;
}

const drag = 4; // pixels from which on a press is a drag and no click

// useMotion moves a map by dragging and by the wheel. The drawing is only
// shifted while the pointer is down, and made anew when it is let go.
export function useMotion({ svg, moving, view, size, onView, onPointer }: Motion): void {
  const now = useRef({ view, size, onView, onPointer });
  now.current = { view, size, onView, onPointer };

  useEffect(() => {
    const element = svg.current;
    if (!element) return;
    let from: [number, number] | null = null;
    let shifted: [number, number] | null = null;

    const at = (event: MouseEvent): [number, number] => {
      const frame = element.getBoundingClientRect();
      return [event.clientX - frame.left, event.clientY - frame.top];
    };
    const down = (event: PointerEvent): void => {
      if (event.button === 0) from = at(event);
    };
    const move = (event: PointerEvent): void => {
      const here = at(event);
      now.current.onPointer(here);
      if (!from) return;
      const by: [number, number] = [here[0] - from[0], here[1] - from[1]];
      if (!shifted && Math.hypot(by[0], by[1]) < drag) return;
      if (!shifted) element.setPointerCapture(event.pointerId);
      shifted = by;
      moving.current?.setAttribute("transform", `translate(${by[0]} ${by[1]})`);
    };
    const up = (): void => {
      const by = shifted;
      from = shifted = null;
      moving.current?.removeAttribute("transform");
      const { view, size, onView } = now.current;
      if (!by || !view) return;
      onView(moved(view, size, -by[0], -by[1]));
      // The click that ends a drag is none on a mark.
      element.addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => element.removeEventListener("click", swallow, { capture: true }));
    };
    const leave = (): void => now.current.onPointer(null);
    const wheel = (event: WheelEvent): void => {
      const { view, size, onView } = now.current;
      if (!view || event.ctrlKey || Math.abs(event.deltaY) < Math.abs(event.deltaX)) return;
      if (document.activeElement !== element && !element.contains(document.activeElement) && !event.shiftKey && !hovered) return;
      event.preventDefault();
      onView(zoomed(view, size, Math.exp(Math.sign(event.deltaY) * Math.min(Math.abs(event.deltaY), 120) * 0.003), at(event)));
    };
    let hovered = false;
    // The wheel zooms once the pointer has rested on the map: a page that is
    // scrolled past a map goes on scrolling.
    let rest: ReturnType<typeof setTimeout> | undefined;
    const enter = (): void => {
      rest = setTimeout(() => (hovered = true), 350);
    };
    const out = (): void => {
      clearTimeout(rest);
      hovered = false;
    };
    const stop = new AbortController();
    const on = { signal: stop.signal };
    element.addEventListener("pointerdown", down, on);
    element.addEventListener("pointermove", move, on);
    element.addEventListener("pointerup", up, on);
    element.addEventListener("pointercancel", up, on);
    element.addEventListener("pointerleave", leave, on);
    element.addEventListener("pointerenter", enter, on);
    element.addEventListener("pointerleave", out, on);
    element.addEventListener("wheel", wheel, { passive: false, signal: stop.signal });
    return () => {
      clearTimeout(rest);
      stop.abort();
    };
  }, []);
}

function swallow(event: Event): void {
  event.stopPropagation();
}
