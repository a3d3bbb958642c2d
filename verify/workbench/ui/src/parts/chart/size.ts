import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

// useWidth measures how wide an element is, in pixels, and goes on doing so; 0
// until it is known.
export function useWidth(): [RefObject<HTMLDivElement | null>, number] {
  const at = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = at.current;
    if (!element) return;
    setWidth(element.clientWidth);
    const watch = new ResizeObserver(() => setWidth(element.clientWidth));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return [at, width];
}
