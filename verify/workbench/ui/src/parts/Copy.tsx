// A button that copies a position, a digest or a link. The first time for each
// kind it says what leaves this machine when it is pasted elsewhere.
import { signal } from "@preact/signals";
import { choose, settings } from "../session";
import { t, type Key } from "../text";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { tell, tellError } from "./Toast";

export type Copied = "position" | "digest" | "link" | "text" | "path" | "details";

const notes: Partial<Record<Copied, Key>> = {
  position: "parts.copy.notePosition",
  digest: "parts.copy.noteDigest",
  link: "parts.copy.noteLink",
};

const pending = signal<{ text: string; what: Copied; note: Key } | null>(null);

// copy puts a text on the clipboard, after the note where it is the first of
// its kind.
export function copy(text: string, what: Copied): void {
  const note = notes[what];
  if (note && !settings.value.copy_noted.includes(what)) pending.value = { text, what, note };
  else void write(text);
}

async function write(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    tell({ text: t("parts.copy.done") });
  } catch {
    tell({ text: t("parts.copy.failed"), bad: true });
  }
}

export function Copy({ text, what = "text", label }: { text: string; what?: Copied; label?: string }) {
  return (
    <Button small kind="quiet" icon="copy" label={label ?? t(`parts.copy.${what}`)} onClick={() => copy(text, what)}>
      {what === "details" ? t("parts.copy.details") : undefined}
    </Button>
  );
}

// Copying shows the note that waits to be read; it stands once, in the frame.
export function Copying() {
  const wait = pending.value;
  if (!wait) return null;
  const go = () => {
    pending.value = null;
    void write(wait.text);
    choose({ copy_noted: [...settings.value.copy_noted, wait.what] }).catch(tellError);
  };
  return (
    <Dialog
      title={t("parts.copy.title")}
      onClose={() => (pending.value = null)}
      onSubmit={go}
      actions={
        <>
          <Button onClick={() => (pending.value = null)}>{t("parts.ask.cancel")}</Button>
          <Button kind="main" type="submit">
            {t("parts.copy.go")}
          </Button>
        </>
      }
    >
      <p>{t(wait.note)}</p>
      <p class="dim">{t("parts.copy.once")}</p>
    </Dialog>
  );
}
