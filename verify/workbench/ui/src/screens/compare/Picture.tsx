import type { Card } from "../../api.gen";
import { Evidence } from "../../parts/Evidence";
import type { Side } from "./view";

// Picture is one of the two in a layer that fills what it lies in.
export function Picture({ caseID, side, group, near }: { caseID: string; side: Side; group: string; near: boolean }) {
  const c = side.card;
  return (
    <Evidence
      case={caseID}
      id={c.id}
      name={c.name}
      kind={c.kind}
      described={c.described}
      warning={c.warning}
      tags={c.tags}
      masked={c.masked}
      readable={c.readable}
      group={group}
      layer
      still
      detail={near ? "original" : "preview"}
      {...(side.at === null ? {} : { at: side.at })}
    />
  );
}

// shapeOf is the shape of an item's picture, 4 by 3 where it is not known.
export function shapeOf(c: Card): { width: number; height: number } {
  return c.width > 0 && c.height > 0 ? { width: c.width, height: c.height } : { width: 4, height: 3 };
}
