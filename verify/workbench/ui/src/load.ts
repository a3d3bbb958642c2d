// Reading for a screen: what was asked last is what is shown, earlier answers
// that come late are dropped, and what is shown stays while it is asked anew.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "./client";
import { t } from "./text";

export interface Loaded<T> {
  data: T | null;
  error: ApiError | null;
  loading: boolean; // a question is on its way
  reload: () => void;
}

// useLoad asks when it is first shown and whenever one of deps changes.
export function useLoad<T>(ask: (signal: AbortSignal) => Promise<T>, deps: readonly unknown[]): Loaded<T> {
  const [state, setState] = useState<{ data: T | null; error: ApiError | null; loading: boolean }>({ data: null, error: null, loading: true });
  const [again, setAgain] = useState(0);
  const asking = useRef(ask);
  asking.current = ask;
  useEffect(() => {
    const stop = new AbortController();
    setState((was) => ({ ...was, loading: true }));
    asking.current(stop.signal).then(
      (data) => {
        if (!stop.signal.aborted) setState({ data, error: null, loading: false });
      },
      (error: unknown) => {
        if (stop.signal.aborted) return;
        setState((was) => ({ data: was.data, error: asApiError(error), loading: false }));
      },
    );
    return () => stop.abort();
  }, [...deps, again]);
  const reload = useCallback(() => setAgain((n) => n + 1), []);
  return { ...state, reload };
}

// asApiError makes of anything thrown what a screen can show.
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(0, error instanceof Error ? error.message : String(error), t("client.reload"), t("client.silentSafe"));
}
