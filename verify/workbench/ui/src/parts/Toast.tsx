// What has just been done, said at the foot of the page, with the way to undo
// it for ten seconds. It stays in the history afterwards.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { asApiError } from "../load";
import { t } from "../text";
import { Button } from "./Button";
import { Icon } from "./Icon";
import { Said } from "./Scraped";
import css from "./Toast.module.css";

interface Told {
  text: string;
  undo?: () => void | Promise<void>;
  bad?: boolean; // something failed: it stays until it is closed
}

const told = signal<(Told & { nr: number }) | null>(null);
let nr = 0;

const shownFor = 10_000; // ms

// tell says what was done.
export function tell(what: Told): void {
  told.value = { ...what, nr: ++nr };
}

// tellError says what failed, what is safe and what to do.
export function tellError(error: unknown): void {
  const e = asApiError(error);
  tell({ text: [e.what, e.safe, e.hint].filter(Boolean).map(sentence).join(" "), bad: true });
}

// sentence begins with a capital and ends with a stop.
export function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(begun) ? begun : begun + ".";
}

export function Toast() {
  const now = told.value;
  useEffect(() => {
    if (!now || now.bad) return;
    const timer = setTimeout(() => (told.value = null), shownFor);
    return () => clearTimeout(timer);
  }, [now]);
  const undo = async () => {
    const act = now?.undo;
    told.value = null;
    try {
      await act?.();
    } catch (error) {
      tellError(error);
    }
  };
  return (
    <div class={css["place"]} role="status" aria-live="polite">
      {now && (
        <div key={now.nr} class={[css["toast"], now.bad && css["bad"]].filter(Boolean).join(" ")}>
          <Icon name={now.bad ? "alert" : "check"} />
          <span class={css["text"]}>
            <Said most={600}>{now.text}</Said>
          </span>
          {now.undo && (
            <Button small icon="undo" hint="Ctrl Z" onClick={() => void undo()}>
              {t("parts.toast.undo")}
            </Button>
          )}
          <Button small kind="quiet" icon="close" label={t("parts.toast.close")} onClick={() => (told.value = null)} />
        </div>
      )}
    </div>
  );
}
