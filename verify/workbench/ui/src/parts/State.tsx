// The states of a screen beside showing what it is for: loading, empty, failed,
// and complete but for something.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ApiError } from "../client";
import { route } from "../router";
import { t } from "../text";
import { Button } from "./Button";
import { copy } from "./Copy";
import { Icon } from "./Icon";
import { Said } from "./Scraped";
import css from "./State.module.css";
import { sentence } from "./Toast";

const patience = 150; // ms until grey blocks appear

// Loading shows grey blocks in the shape of what is to come.
export function Loading({ shape = "rows" }: { shape?: "rows" | "grid" | "page" }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patience);
    return () => clearTimeout(timer);
  }, []);
  const blocks = { rows: 8, grid: 24, page: 6 }[shape];
  return (
    <div class={css["loading"]} role="status" aria-busy="true">
      <span class="heard">{t("parts.state.loading")}</span>
      {late && (
        <div class={css[shape]} aria-hidden="true">
          {Array.from({ length: blocks }, (_, i) => (
            <span key={i} class={css["block"]} />
          ))}
        </div>
      )}
    </div>
  );
}

// Empty is one sentence and one thing to do.
export function Empty({ title, text, action, children }: { title?: string; text: string; action?: ComponentChildren; children?: ComponentChildren }) {
  return (
    <div class={css["empty"]}>
      {title && <h1>{title}</h1>}
      <p>{text}</p>
      {children}
      {action}
    </div>
  );
}

// Failed says what failed, what is safe and what to do.
export function Failed({ error, retry }: { error: ApiError; retry?: () => void }) {
  const details = `Firsthand: ${error.what} (status ${error.status}, screen ${route.value.screen})`;
  return (
    <div class={css["failed"]} role="alert">
      <Icon name="alert" size={20} />
      <div class={css["words"]}>
        <h2>
          <Said most={600}>{sentence(error.what)}</Said>
        </h2>
        {error.safe && <p>{sentence(error.safe)}</p>}
        {error.hint && <p>{sentence(error.hint)}</p>}
        <div class={css["acts"]}>
          {retry && <Button onClick={retry}>{t("parts.state.retry")}</Button>}
          <Button kind="quiet" icon="copy" onClick={() => copy(withoutPaths(details), "details")}>
            {t("parts.copy.details")}
          </Button>
        </div>
      </div>
    </div>
  );
}

// withoutPaths leaves file names and folders out of a text to be passed on.
export function withoutPaths(text: string): string {
  return text
    .replace(/"[^"]*"|“[^”]*”/g, '"…"')
    .replace(/(?:[A-Za-z]:)?[\\/](?:[^\s\\/:"]+[\\/])*[^\s\\/:"]+/g, "…")
    .replace(/\S+\.(?:jpe?g|png|gif|webp|heic|tiff?|mp4|mov|webm|mkv|avi|3gp|mp3|m4a|ogg|opus|wav|pdf|json|db)\b/gi, "…");
}

// Partial says what is missing from what is shown, and why.
export function Partial({ text, details }: { text: string; details?: ComponentChildren }) {
  return (
    <div class={css["partial"]} role="note">
      <Icon name="alert" />
      <div class={css["words"]}>
        <p>{text}</p>
        {details && (
          <details>
            <summary>{t("parts.state.which")}</summary>
            {details}
          </details>
        )}
      </div>
    </div>
  );
}
