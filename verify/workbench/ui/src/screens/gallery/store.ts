// What the gallery shows: the result of the filter as it was when it was asked
// for, and the cards of those items that were in sight. An act changes cards at
// once and leaves the list as it is, so that nothing jumps under the person's
// hands; that the list would be another is said, and done when asked for.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { client, type Card, type Gallery } from "../../api.gen";
import type { ApiError } from "../../client";
import { changed } from "../../done";
import { asApiError } from "../../load";
import { Ids, noIds } from "./ids";
import type { Place } from "./place";

export interface Shown {
  result: Gallery | null; // counts and menus, as they are now
  ids: Ids; // the list, as it is shown
  sections: Gallery["groups"];
  stale: number; // by how many items the list would be another; -1 when by its order alone
  problem: Gallery["problem"];
  error: ApiError | null;
  loading: boolean;
  card: (id: string) => Card | undefined;
  want: (ids: readonly string[]) => void; // cards that are in sight
  refresh: () => void;
  version: number; // changes with the cards
}

const batch = 120; // cards asked for at a time
const later = 400; // ms after an act until counts are asked for anew

export function useGallery(caseID: string, place: Place): Shown {
  const [shown, setShown] = useState<{ result: Gallery | null; ids: Ids; sections: Gallery["groups"]; stale: number }>({ result: null, ids: noIds, sections: [], stale: 0 });
  const [problem, setProblem] = useState<Gallery["problem"]>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [loading, setLoading] = useState(true);
  const [asked, setAsked] = useState(0);
  const [version, setVersion] = useState(0);
  const cards = useRef(new Map<string, Card>());
  const sight = useRef<readonly string[]>([]);
  const question = { case: caseID, filter: place.filter, sort: place.sort, group: place.group };

  const keep = useCallback((list: readonly Card[]) => {
    for (const card of list) cards.current.set(card.id, card);
    setVersion((n) => n + 1);
  }, []);

  useEffect(() => {
    const stop = new AbortController();
    setLoading(true);
    client.gallery(question, { signal: stop.signal }).then(
      (result) => {
        if (stop.signal.aborted) return;
        setProblem(result.problem);
        setError(null);
        setLoading(false);
        if (result.problem) return; // what was found before stays in sight
        cards.current.clear();
        keep(result.cards);
        setShown({ result, ids: new Ids(result.ids), sections: result.groups, stale: 0 });
      },
      (e: unknown) => {
        if (stop.signal.aborted) return;
        setError(asApiError(e));
        setLoading(false);
      },
    );
    return () => stop.abort();
  }, [caseID, place.filter, place.sort, place.group, asked]);

  const fetchCards = useCallback(
    async (ids: readonly string[]) => {
      for (let i = 0; i < ids.length; i += batch) {
        const answer = await client.galleryCards({ case: caseID, id: ids.slice(i, i + batch) });
        keep(answer.cards);
      }
    },
    [caseID, keep],
  );

  const want = useCallback(
    (ids: readonly string[]) => {
      sight.current = ids;
      const missing = ids.filter((id) => !cards.current.has(id));
      if (missing.length > 0) fetchCards(missing).catch((e: unknown) => setError(asApiError(e)));
    },
    [fetchCards],
  );

  // After an act the cards in sight are read anew, and a moment later the counts.
  const acts = changed.value;
  const first = useRef(acts);
  useEffect(() => {
    if (acts === first.current) return;
    const stop = new AbortController();
    const seen = new Set(sight.current);
    for (const id of [...cards.current.keys()]) if (!seen.has(id)) cards.current.delete(id);
    fetchCards(sight.current).catch(() => undefined); // the counts below say what is wrong
    const timer = setTimeout(() => {
      client.gallery(question, { signal: stop.signal }).then(
        (result) => {
          if (!stop.signal.aborted && !result.problem) setShown((was) => ({ ...was, result, stale: difference(was.ids, new Ids(result.ids)) }));
        },
        (e: unknown) => {
          if (!stop.signal.aborted) setError(asApiError(e));
        },
      );
    }, later);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [acts]);

  return {
    ...shown,
    problem,
    error,
    loading,
    version,
    want,
    card: (id) => cards.current.get(id),
    refresh: () => setAsked((n) => n + 1),
  };
}

// difference is how many items two lists do not share; -1 where they share all
// in another order.
export function difference(a: Ids, b: Ids): number {
  if (a.same(b)) return 0;
  const all = new Set(a.all());
  let shared = 0;
  for (let i = 0; i < b.length; i++) if (all.has(b.at(i))) shared++;
  return a.length - shared + (b.length - shared) || -1;
}
