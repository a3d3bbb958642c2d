import type { Card } from "../api.gen";

// pictured is what the Evidence part needs of a card.
export function pictured(c: Card) {
  return {
    id: c.id,
    name: c.name,
    kind: c.kind,
    described: c.described,
    warning: c.warning,
    warningBy: c.warning_by,
    tags: c.tags,
    masked: c.masked,
    readable: c.readable,
    seconds: c.seconds,
  };
}
