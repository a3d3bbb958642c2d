// A window on something large: fitted at first, enlarged and moved by the
// screen's keys and buttons, the wheel with Ctrl, or by dragging.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { fitted, moved, nearer, placed, type Look, type Size } from "./viewport";
import { useVars } from "./vars";
import css from "./Viewport.module.css";

interface Props {
  label: string;
  picture: Size; // its shape
  look: Look;
  onLook: (look: Look) => void;
  onSize?: (fitted: Size) => void; // of the picture as fitted
  children: ComponentChildren; // fills the picture
}

export function Viewport({ label, picture, look, onLook, onSize, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const inside = useRef<HTMLDivElement>(null);
  const room = useRoom(box);
  const size = fitted(picture, room);
  const at = placed(look, size, room);
  useVars(inside, {
    "--width": `${size.width}px`,
    "--height": `${size.height}px`,
    "--place": `translate(${at.left}px, ${at.top}px) scale(${at.zoom})`,
    "--zoom": String(at.zoom),
  });
  useEffect(() => onSize?.(size), [size.width, size.height]);
  const drag = useRef<{ x: number; y: number } | null>(null);
  const now = useRef({ look, size, onLook });
  now.current = { look, size, onLook };
  useEffect(() => {
    const turned = (event: WheelEvent) => {
      if (!event.ctrlKey) return; // the page scrolls
      event.preventDefault();
      now.current.onLook(nearer(now.current.look, event.deltaY < 0 ? 1 : -1));
    };
    box.current?.addEventListener("wheel", turned, { passive: false });
    return () => box.current?.removeEventListener("wheel", turned);
  }, []);
  return (
    <div
      ref={box}
      class={css["window"]}
      role="group"
      aria-label={label}
      data-near={look.zoom > 1 || undefined}
      onPointerDown={(event) => {
        if (look.zoom <= 1 || event.button !== 0 || (event.target as Element).closest("button, input")) return;
        drag.current = { x: event.clientX, y: event.clientY };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        const from = drag.current;
        if (!from) return;
        drag.current = { x: event.clientX, y: event.clientY };
        onLook(moved(look, (from.x - event.clientX) / size.width, (from.y - event.clientY) / size.height));
      }}
      onPointerUp={() => (drag.current = null)}
      onPointerCancel={() => (drag.current = null)}
    >
      <div ref={inside} class={css["inside"]}>
        {children}
      </div>
    </div>
  );
}

function useRoom(box: preact.RefObject<HTMLElement | null>): Size {
  const [room, setRoom] = useState<Size>({ width: 480, height: 360 });
  useEffect(() => {
    const at = box.current;
    if (!at) return;
    const measure = () => setRoom({ width: at.clientWidth, height: at.clientHeight });
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(at);
    return () => watch.disconnect();
  }, []);
  return room;
}
