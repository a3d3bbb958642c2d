// Where a pair stands in a list of pairs, whichever way round it is shown.
export interface Pair {
  a: string;
  b: string;
}

// indexOf is the place of a pair, -1 where the list has it not.
export function indexOf(list: readonly Pair[], a: string, b: string): number {
  return list.findIndex((p) => (p.a === a && p.b === b) || (p.a === b && p.b === a));
}

// neighbour is the pair some steps on, null beyond the ends. From outside the
// list one goes to its start.
export function neighbour<P extends Pair>(list: readonly P[], a: string, b: string, steps: number): P | null {
  const here = indexOf(list, a, b);
  if (here < 0) return list[0] ?? null;
  return list[here + steps] ?? null;
}

// keepingA turns a pair so that the item that is shown as A stays there, if it
// is in both.
export function keepingA(pair: Pair, a: string): Pair {
  return pair.b === a ? { a: pair.b, b: pair.a } : { a: pair.a, b: pair.b };
}
