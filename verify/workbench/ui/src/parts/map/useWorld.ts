import { useEffect, useState } from "preact/hooks";
import { coarseWorld, fineBelow, fineWorld, type World } from "./world";

// useWorld gives the drawing of the world that a scale needs, and whether it
// could not be had. The coarse one stands until the fine one is there.
export function useWorld(mpp: number): [World | null, boolean] {
  const [coarse, setCoarse] = useState<World | null>(null);
  const [fine, setFine] = useState<World | null>(null);
  const [failed, setFailed] = useState(false);
  const close = mpp < fineBelow;
  useEffect(() => {
    let gone = false;
    const fail = (): void => {
      if (!gone) setFailed(true);
    };
    coarseWorld().then((w) => !gone && setCoarse(w), fail);
    if (close) fineWorld().then((w) => !gone && setFine(w), fail);
    return () => {
      gone = true;
    };
  }, [close]);
  return [close ? (fine ?? coarse) : coarse, failed && !coarse];
}
