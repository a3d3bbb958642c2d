import { useEffect, useState } from "preact/hooks";
import { client } from "../../api.gen";
import type { Window } from "./spans";

export interface Night {
  from: number;
  to: number;
}

const longest = 45 * 86_400_000; // ms: more nights than this are stripes that say nothing

// useNights gives when it was dark at a place within a window, once the window
// has rested; nothing where the place is not known.
export function useNights(place: { lat: number; lon: number } | null, window: Window): Night[] {
  const [nights, setNights] = useState<Night[]>([]);
  const asked = place !== null && window.to - window.from < longest;
  useEffect(() => {
    if (!asked || !place) {
      setNights([]);
      return;
    }
    const stop = new AbortController();
    const wait = setTimeout(() => {
      const [from, to] = [new Date(window.from).toISOString(), new Date(window.to).toISOString()];
      client
        .mapNights({ latitude: place.lat, longitude: place.lon, from, to }, { signal: stop.signal })
        .then((found) => setNights(found.dark.map((d) => ({ from: Date.parse(d.from), to: Date.parse(d.to) }))))
        .catch(() => undefined); // shading is a help; the timeline is right without it
    }, 150);
    return () => {
      clearTimeout(wait);
      stop.abort();
    };
  }, [asked, place?.lat, place?.lon, window.from, window.to]);
  return asked ? nights : [];
}
