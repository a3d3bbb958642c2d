// What the keys and buttons of the gallery do: to the items that are selected,
// else to the active one.
import { useState } from "preact/hooks";
import { client } from "../../api.gen";
import { tellError } from "../../parts/Toast";
import { address, go } from "../../router";
import { settings } from "../../session";
import { mark, nextWarning, pairOf, say } from "../../marks";
import { mediaQuery, type Place } from "./place";
import type { Acts } from "./Side";
import type { Shown } from "./store";
import type { Position } from "./usePosition";

export type OpenDialog = "" | "help" | "incident" | "explain" | "tag" | "note" | "describe";

interface Given {
  case: string;
  place: Place;
  shown: Shown;
  position: Position;
}

export interface UsedActs {
  acts: Acts;
  dialog: OpenDialog;
  setDialog: (dialog: OpenDialog) => void;
  subjects: () => string[];
  add: (saying: Parameters<typeof mark>[2]) => void;
}

export function useActs({ case: caseID, place, shown, position }: Given): UsedActs {
  const [dialog, setDialog] = useState<OpenDialog>("");
  const { ids } = shown;
  const { active, picked } = position;
  const id = ids.at(active);
  const card = shown.card(id);
  const subjects = () => (picked.size > 0 ? [...picked] : id === "" ? [] : [id]);

  // One item that was decided on is left behind, where the person wants that.
  const decide = async (saying: Parameters<typeof mark>[2]) => {
    const alone = picked.size === 0;
    const at = active;
    if (alone && settings.value.auto_advance && at < ids.length - 1) position.setActive(at + 1);
    const done = await mark(caseID, subjects(), saying);
    if (!done && alone) position.setActive(at);
  };

  const compare = async () => {
    let copies: string[] = [];
    if (picked.size < 2 && card && card.copies > 1) {
      try {
        copies = (await client.media({ case: caseID, id })).alike.map((one) => one.card.id).filter((one) => one !== id);
      } catch (error) {
        return tellError(error);
      }
    }
    const pair = pairOf([...picked], card, copies);
    if (!pair) return say(picked.size < 2 && card && card.copies > 1 ? "gallery.noCopies" : "gallery.pickTwo");
    go(`${address(caseID, "compare")}?a=${pair[0]}&b=${pair[1]}`);
  };
  const open = (to: OpenDialog) => () => {
    if (subjects().length > 0) setDialog(to);
  };

  const acts: Acts = {
    open: () => {
      if (id !== "") go(address(caseID, "media", id) + mediaQuery(place));
    },
    pin: () => void decide({ state: "pinned" }),
    aside: () => void decide({ state: "set-aside" }),
    clear: () => void decide({ state: "" }),
    warning: () => void mark(caseID, subjects(), { warning: nextWarning(picked.size > 0 ? commonWarning(shown, picked) : (card?.warning ?? "")) }),
    note: open("note"),
    tag: open("tag"),
    describe: open("describe"),
    duplicates: () => {
      if (card && card.cluster !== "") go(address(caseID, "clusters", card.cluster));
      else say("gallery.noCopies");
    },
    compare: () => void compare(),
    checklist: () => {
      const [first] = subjects();
      if (first) go(address(caseID, "checklist", first));
    },
    explain: open("explain"),
    dropTag: (tag) => void mark(caseID, [id], { drop_tags: [tag] }),
  };
  const add = (saying: Parameters<typeof mark>[2]) => {
    setDialog("");
    void mark(caseID, "described" in saying ? [id] : subjects(), saying);
  };
  return { acts, dialog, setDialog, subjects, add };
}

// commonWarning is the level of all selected items, "" where they differ.
function commonWarning(shown: Shown, picked: ReadonlySet<string>): string {
  const levels = new Set([...picked].map((one) => shown.card(one)?.warning ?? ""));
  return levels.size === 1 ? [...levels][0]! : "";
}
