import { useEffect, useState } from "preact/hooks";

// useSettled is a value once it has stayed the same for a while; the first one
// at once.
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
