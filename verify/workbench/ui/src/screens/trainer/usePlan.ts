// A plan at work: read once, changed here, and kept in its file a moment after
// each change, so that a reload loses nothing.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { client, type Plan, type PlanPage } from "../../api.gen";
import type { ApiError } from "../../client";
import { asApiError } from "../../load";
import { tell } from "../../parts/Toast";
import { t, type Key } from "../../text";

const rest = 500; // ms without a change, after which the plan is kept

export type Keeping = "kept" | "waiting" | "keeping" | "failed";

export interface Working {
  page: PlanPage;
  plan: Plan;
  keeping: Keeping;
  error: ApiError | null; // of keeping it
  change: (to: (plan: Plan) => Plan, undone?: Key) => void; // undone names what was taken out: it can be brought back
  keep: () => Promise<boolean>; // now; false where it failed
  take: (page: PlanPage) => void; // what the program changed
}

export function usePlan(first: PlanPage): Working {
  const [page, setPage] = useState(first);
  const [plan, setPlan] = useState(first.plan);
  const [keeping, setKeeping] = useState<Keeping>("kept");
  const [error, setError] = useState<ApiError | null>(null);
  const now = useRef({ plan: first.plan, kept: first.plan, revision: first.revision, busy: null as Promise<boolean> | null });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const write = async (): Promise<boolean> => {
    const at = now.current;
    while (at.plan !== at.kept) {
      const writing = at.plan;
      setKeeping("keeping");
      try {
        at.revision = (await client.keepPlan({ id: first.id, revision: at.revision, plan: writing })).revision;
        at.kept = writing;
      } catch (failure) {
        setError(asApiError(failure));
        setKeeping("failed");
        return false;
      }
    }
    setError(null);
    setKeeping("kept");
    return true;
  };
  const keep = useCallback(async () => {
    clearTimeout(timer.current);
    const at = now.current;
    at.busy ??= write().finally(() => (at.busy = null));
    return at.busy;
  }, []);
  const put = (next: Plan) => {
    now.current.plan = next;
    setPlan(next);
    setKeeping("waiting");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void keep(), rest);
  };
  const change = (to: (plan: Plan) => Plan, undone?: Key) => {
    const before = now.current.plan;
    const next = to(before);
    if (next === before) return;
    put(next);
    if (undone) tell({ text: t(undone), undo: () => put(before) });
  };
  const take = (read: PlanPage) => {
    now.current = { ...now.current, plan: read.plan, kept: read.plan, revision: read.revision };
    setPage(read);
    setPlan(read.plan);
    setKeeping("kept");
  };

  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent) => {
      if (now.current.plan === now.current.kept) return;
      void keep();
      event.preventDefault(); // the browser asks whether to stay until it is kept
    };
    const hidden = () => void keep();
    addEventListener("beforeunload", leaving);
    document.addEventListener("visibilitychange", hidden);
    return () => {
      removeEventListener("beforeunload", leaving);
      document.removeEventListener("visibilitychange", hidden);
      void keep();
    };
  }, []);
  return { page, plan, keeping, error, change, keep, take };
}
