// A question or a tool that is above the screen: the browser's own <dialog>,
// which holds the focus, closes with Esc and gives the focus back.
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { dialogs } from "../keys";
import { t } from "../text";
import { Button } from "./Button";
import { Scraped } from "./Scraped";
import css from "./Dialog.module.css";

interface DialogProps {
  title: string;
  onClose: () => void;
  actions?: ComponentChildren; // at its foot; the one that does it comes last
  onSubmit?: () => void; // what Enter in a field does
  wide?: boolean;
  bare?: boolean; // its title is heard, not shown
  children?: ComponentChildren;
}

export function Dialog({ title, onClose, actions, onSubmit, wide, bare, children }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  const close = useRef(onClose);
  close.current = onClose;
  useLayoutEffect(() => {
    // Before the effects of what is in it: keys asked for there belong to it.
    const at = box.current;
    if (!at) return;
    const before = document.activeElement;
    at.showModal();
    const first = at.querySelector<HTMLElement>("[data-first], input:not([readonly]), textarea, select");
    (first ?? at.querySelector<HTMLElement>("h2"))?.focus();
    dialogs.value += 1;
    return () => {
      dialogs.value -= 1;
      at.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      class={[css["dialog"], wide && css["wide"]].filter(Boolean).join(" ")}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        close.current();
      }}
      onPointerDown={(event) => {
        if (event.target === box.current) close.current();
      }}
    >
      <form
        class={css["sheet"]}
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit?.();
        }}
      >
        <header class={bare ? "heard" : css["head"]}>
          <h2 id={id} tabIndex={-1}>
            <Scraped most={200}>{title}</Scraped>
          </h2>
          {!bare && <Button kind="quiet" icon="close" label={t("parts.dialog.close")} onClick={() => close.current()} />}
        </header>
        <div class={css["body"]}>{children}</div>
        {actions && <footer class={css["foot"]}>{actions}</footer>}
      </form>
    </dialog>
  );
}
