// How the copies of a group hang together, as rows with the lines before them.
import type { ClusterNode } from "../../api.gen";

// Branch is a row of the tree: its node, and for each level above it whether
// the line there goes on to a later row.
export interface Branch {
  node: ClusterNode;
  level: number; // 1 for a root
  lines: readonly boolean[]; // of the levels above its own, outermost first
  last: boolean; // among the copies of its origin
  size: number; // of its set
  place: number; // in its set, from 1
}

// branches puts the copies, origins first, into rows.
export function branches(nodes: readonly ClusterNode[]): Branch[] {
  const children = new Map<string, ClusterNode[]>();
  for (const n of nodes) {
    const of = children.get(n.from);
    if (of) of.push(n);
    else children.set(n.from, [n]);
  }
  const out: Branch[] = [];
  const add = (from: string, level: number, lines: readonly boolean[]) => {
    const set = children.get(from) ?? [];
    set.forEach((node, i) => {
      const last = i === set.length - 1;
      out.push({ node, level, lines, last, size: set.length, place: i + 1 });
      add(node.card.id, level + 1, level === 1 ? [] : [...lines, !last]);
    });
  };
  add("", 1, []);
  return out;
}

// nextOpen is the group after one that waits for a person, the first one when
// none comes after; null where none waits.
export function nextOpen<T extends { id: string; state: string }>(rows: readonly T[], id: string): T | null {
  const at = rows.findIndex((r) => r.id === id);
  const waits = (r: T) => r.state === "open" && r.id !== id;
  return rows.slice(at + 1).find(waits) ?? rows.find(waits) ?? null;
}
