// The reveal of a group that has no place of its own on the screen: in a dialog,
// words first, then the pictures.
import { reveal, revealing, softenOne, type Subject } from "../care";
import { useKeys } from "../keys";
import { route } from "../router";
import { t } from "../text";
import { Dialog } from "./Dialog";
import { Evidence } from "./Evidence";
import { hosted, RevealWords } from "./Reveal";
import { visible } from "./Scraped";

// Revealing shows the words, and the picture afterwards, of a group that has
// no place of its own on the screen. It stands once, in the frame.
export function Revealing() {
  const now = revealing.value;
  if (!now || hosted(now.group, "view")) return null;
  if (now.stage !== "asked" && hosted(now.group, "layer")) return null;
  return <RevealDialog key={now.group} group={now.group} subjects={now.subjects} asked={now.stage === "asked"} />;
}

function RevealDialog({ group, subjects, asked }: { group: string; subjects: readonly Subject[]; asked: boolean }) {
  const first = subjects[0];
  return (
    <Dialog title={subjects.length === 1 && first?.name ? visible(first.name, 120) : t("parts.evidence.first")} onClose={softenOne}>
      <RevealKey group={group} subjects={subjects} />
      {asked ? <RevealWords group={group} subjects={subjects} plain /> : subjects.map((s) => <Evidence key={s.id} {...s} case={route.value.case} name={s.name ?? ""} kind={s.kind ?? "image"} size="view" group={group} hosted />)}
    </Dialog>
  );
}

// RevealKey answers the key inside the dialog, which has the keys to itself.
function RevealKey({ group, subjects }: { group: string; subjects: readonly Subject[] }) {
  useKeys("dialog", { revealMore: () => reveal(group, subjects) });
  return null;
}
