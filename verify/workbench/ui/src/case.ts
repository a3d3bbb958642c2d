// The case that the address names, by name.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { client, type CaseName } from "./api.gen";
import { route } from "./router";

// here is the case of the address, null outside one and until it is known.
export const here = signal<CaseName | null>(null);

// useCase keeps here as the address changes. A case that cannot be named is
// left to its screen to tell of.
export function useCase(): void {
  const id = route.value.case;
  useEffect(() => {
    here.value = null;
    if (id === "") return;
    const stop = new AbortController();
    client.caseName({ case: id }, { signal: stop.signal }).then(
      (name) => (here.value = name),
      () => undefined,
    );
    return () => stop.abort();
  }, [id]);
}
