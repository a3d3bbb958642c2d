// The keys by which the item that a screen is on is marked: a note, tags, a
// warning and, among copies, pinned or set aside.
import { useState } from "preact/hooks";
import type { Card } from "../api.gen";
import { useKeys } from "../keys";
import { address, go } from "../router";
import { mark, nextWarning, tagsOf } from "../marks";
import { TextDialog } from "./TextDialog";
import { t } from "../text";

const longestNote = 20_000; // letters, as the record takes them
const longestTags = 500;

export function MarkKeys({ case: caseID, room, card }: { case: string; room: "clusters" | "incidents"; card: Card }) {
  const [asking, setAsking] = useState<"" | "note" | "tag">("");
  const say = (saying: Parameters<typeof mark>[2]) => {
    setAsking("");
    void mark(caseID, [card.id], saying);
  };
  const among = room === "clusters";
  useKeys(room, {
    note: () => setAsking("note"),
    tag: () => setAsking("tag"),
    warning: () => say({ warning: nextWarning(card.warning) }),
    pin: among ? () => say({ state: "pinned" }) : undefined,
    aside: among ? () => say({ state: "set-aside" }) : undefined,
    clear: among ? () => say({ state: "" }) : undefined,
    duplicates: among || card.cluster === "" ? undefined : () => go(address(caseID, "clusters", card.cluster)),
  });
  if (asking === "note") return <TextDialog title={t("gallery.noteTitle", { n: 1 })} label={t("gallery.noteLabel")} verb={t("gallery.noteVerb")} most={longestNote} long onClose={() => setAsking("")} onText={(note) => say({ note })} />;
  if (asking === "tag") return <TextDialog title={t("gallery.tagTitle", { n: 1 })} label={t("gallery.tagLabel")} verb={t("gallery.tagVerb")} most={longestTags} onClose={() => setAsking("")} onText={(text) => say({ add_tags: tagsOf(text) })} />;
  return null;
}
