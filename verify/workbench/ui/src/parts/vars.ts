// Measures that are known only while the page runs reach its style sheets as
// custom properties; the policy of the server allows no style attributes.
import { useLayoutEffect } from "preact/hooks";

// useVars sets custom properties on an element.
export function useVars(ref: { readonly current: HTMLElement | SVGElement | null }, vars: Readonly<Record<string, string>>): void {
  useLayoutEffect(() => {
    for (const [name, value] of Object.entries(vars)) ref.current?.style.setProperty(name, value);
  }, [ref, ...Object.entries(vars).flat()]);
}
