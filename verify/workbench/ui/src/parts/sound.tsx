// Sound is asked for once per item: it can be harder to bear than pictures.
import { signal } from "@preact/signals";
import { t } from "../text";
import { Button } from "./Button";
import { Dialog } from "./Dialog";

const allowed = new Set<string>();
const asking = signal<{ id: string; drawn: boolean; answer: (yes: boolean) => void } | null>(null);

// askSound asks whether the sound of an item may be heard, once for each item
// until the page is loaded anew. drawn tells whether its waveform is in sight.
export function askSound(id: string, drawn: boolean): Promise<boolean> {
  if (allowed.has(id)) return Promise.resolve(true);
  asking.value?.answer(false);
  return new Promise((resolve) => {
    const answer = (yes: boolean) => {
      asking.value = null;
      if (yes) allowed.add(id);
      resolve(yes);
    };
    asking.value = { id, drawn, answer };
  });
}

// AskingSound shows the question; it stands once, in the frame.
export function AskingSound() {
  const now = asking.value;
  if (!now) return null;
  return (
    <Dialog
      title={t("parts.evidence.soundTitle")}
      onClose={() => now.answer(false)}
      onSubmit={() => now.answer(true)}
      actions={
        <>
          <Button onClick={() => now.answer(false)}>{t("parts.evidence.notNow")}</Button>
          <Button type="submit">{t("parts.evidence.soundOn")}</Button>
        </>
      }
    >
      <p>{now.drawn ? t("parts.evidence.soundBody") : t("parts.evidence.soundNoWave")}</p>
    </Dialog>
  );
}
