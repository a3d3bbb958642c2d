// What a person does with the item of the page. Every act goes into the record
// under a name and can be undone.
import { client, type Card } from "../../api.gen";
import { trying } from "../../done";
import type { Mask } from "../../mask";
import { settings } from "../../session";
import { nextWarning } from "./stated";

export interface Acts {
  pin: () => void;
  aside: () => void;
  clear: () => void;
  warn: (level: "none" | "moderate" | "severe") => void;
  warnMore: () => void;
  cover: (masks: Mask[]) => void;
}

// actsOn are the acts on an item; onDone moves on where the person wants that.
export function actsOn(caseID: string, card: Card, onDone: () => void): Acts {
  const mark = (change: object, moves = false) => {
    void trying(caseID, () => client.mark({ case: caseID, items: [card.id], ...change })).then((ok) => {
      if (ok && moves && settings.value.auto_advance) onDone();
    });
  };
  const warn = (warning: string) => mark({ warning });
  return {
    pin: () => mark({ state: card.pinned ? "" : "pinned" }, !card.pinned),
    aside: () => mark({ state: card.set_aside ? "" : "set-aside" }, !card.set_aside),
    clear: () => mark({ state: "" }, true),
    warn,
    warnMore: () => warn(nextWarning(card.warning)),
    cover: (masks) => mark({ masks }),
  };
}
