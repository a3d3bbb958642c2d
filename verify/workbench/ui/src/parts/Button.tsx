// A button, with its key. One of a screen's buttons at most is the main one.
import type { ComponentChildren, Ref } from "preact";
import css from "./Button.module.css";
import { Icon, type IconName } from "./Icon";

export interface ButtonProps {
  kind?: "main" | "line" | "quiet";
  icon?: IconName;
  hint?: string; // the key that does the same, see hint() in keys.ts
  pressed?: boolean; // for one that is on or off
  expanded?: boolean; // for one that opens something
  disabled?: boolean;
  small?: boolean;
  busy?: boolean; // what it began is under way: it cannot be pressed again
  label?: string; // for those who listen, where the button shows no words
  title?: string;
  type?: "button" | "submit";
  current?: boolean; // among several the one that holds
  inner?: Ref<HTMLButtonElement>;
  onClick?: (event: MouseEvent) => void;
  children?: ComponentChildren;
}

export function Button(p: ButtonProps) {
  const bare = p.children === undefined || p.children === null;
  return (
    <button
      ref={p.inner}
      type={p.type ?? "button"}
      class={[css["button"], css[p.kind ?? "line"], p.small && css["small"], bare && css["bare"]].filter(Boolean).join(" ")}
      disabled={p.disabled || p.busy}
      aria-busy={p.busy || undefined}
      aria-pressed={p.pressed}
      aria-expanded={p.expanded}
      aria-current={p.current || undefined}
      aria-label={p.label}
      aria-keyshortcuts={p.hint ? shortcut(p.hint) : undefined}
      title={p.title ?? (bare ? p.label : undefined)}
      onClick={p.onClick}
    >
      {p.icon && <Icon name={p.icon} />}
      {!bare && <span class={css["words"]}>{p.children}</span>}
      {p.hint && !bare && (
        <kbd class={css["key"]} aria-hidden="true">
          {p.hint}
        </kbd>
      )}
    </button>
  );
}

// shortcut is a key as aria-keyshortcuts takes it.
function shortcut(hint: string): string {
  return hint.replace("Ctrl ", "Control+").replace("Shift ", "Shift+").replace("Esc", "Escape");
}
