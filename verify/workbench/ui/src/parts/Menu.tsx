// A button that opens a list of things to do or to choose, moved through with
// the arrow keys and by first letters.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Button } from "./Button";
import type { IconName } from "./Icon";
import { Icon } from "./Icon";
import css from "./Menu.module.css";
import { fromRight } from "../text";
import { Scraped, visible } from "./Scraped";
import { useVars } from "./vars";

export interface MenuItem {
  text: string;
  onPick: () => void;
  hint?: string; // its key
  note?: string; // a few words more, such as how many
  checked?: boolean; // for one that is on or off
  disabled?: boolean;
  group?: string; // a heading above the first one of each group
}

interface Props {
  label: string;
  items: readonly MenuItem[];
  kind?: "line" | "quiet";
  icon?: IconName;
  bare?: boolean; // shows the icon only
  small?: boolean;
  keep?: boolean; // stays open while several are chosen
  hint?: string;
}

export function Menu({ label, items, kind = "line", icon, bare, small, keep, hint }: Props) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = (back = true) => {
    setOpen(false);
    if (back) button.current?.focus();
  };
  return (
    <span class={css["menu"]}>
      <Button kind={kind} {...(icon ? { icon } : {})} small={small ?? false} inner={button} expanded={open} {...(hint ? { hint } : {})} {...(bare ? { label: visible(label, 120) } : {})} onClick={() => setOpen(!open)}>
        {bare ? undefined : (
          <span class={css["label"]}>
            <Scraped most={120}>{label}</Scraped>
            <Icon name="down" size={12} />
          </span>
        )}
      </Button>
      {open && <List id={id} label={label} items={items} anchor={button.current!} keep={keep ?? false} close={close} />}
    </span>
  );
}

function List({ id, label, items, anchor, keep, close }: { id: string; label: string; items: readonly MenuItem[]; anchor: HTMLElement; keep: boolean; close: (back?: boolean) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const at = place(anchor);
  useVars(box, { "--x": `${at.x}px`, "--y": `${at.y}px`, "--room": `${at.room}px` });
  useEffect(() => {
    const list = box.current;
    if (!list) return;
    list.showPopover?.();
    const first = list.querySelector<HTMLElement>("[aria-checked=true]") ?? list.querySelector<HTMLElement>("button:not(:disabled)");
    first?.focus();
    const away = (event: Event) => {
      if (event.target instanceof Node && !list.contains(event.target) && !anchor.contains(event.target)) close(false);
    };
    const moved = () => close(false);
    document.addEventListener("pointerdown", away, true);
    addEventListener("resize", moved);
    return () => {
      document.removeEventListener("pointerdown", away, true);
      removeEventListener("resize", moved);
    };
  }, []);
  const pick = (item: MenuItem) => {
    if (!keep) close();
    item.onPick();
  };
  let heading = "";
  return (
    <div ref={box} id={id} class={css["list"]} role="menu" aria-label={visible(label, 120)} popover="manual" onKeyDown={(e) => onKey(e, box.current!, close)}>
      {items.map((item) => {
        const head = item.group && item.group !== heading ? item.group : "";
        heading = item.group ?? heading;
        const choice = item.checked !== undefined;
        return (
          <>
            {head && (
              <div class={css["heading"]} role="presentation">
                {head}
              </div>
            )}
            <button key={item.text} type="button" class={css["item"]} role={choice ? "menuitemcheckbox" : "menuitem"} aria-checked={item.checked} disabled={item.disabled} tabIndex={-1} onClick={() => pick(item)}>
              <span class={css["tick"]}>{item.checked && <Icon name="check" size={14} />}</span>
              <span class={css["text"]}>
                <Scraped most={200}>{item.text}</Scraped>
              </span>
              {item.note && <span class={css["note"]}>{item.note}</span>}
              {item.hint && <kbd class={css["note"]}>{item.hint}</kbd>}
            </button>
          </>
        );
      })}
    </div>
  );
}

// place is where a list below a button begins so that it stays in the window.
export function place(anchor: HTMLElement): { x: number; y: number; room: number } {
  const box = anchor.getBoundingClientRect();
  const width = 240;
  const below = innerHeight - box.bottom - 12;
  const room = Math.max(below, Math.min(320, innerHeight - 24));
  return {
    x: Math.max(8, Math.min(fromRight() ? box.right - width : box.left, innerWidth - width - 8)),
    y: below >= 160 ? box.bottom + 4 : Math.max(8, innerHeight - room - 12),
    room,
  };
}

function onKey(event: KeyboardEvent, list: HTMLElement, close: (back?: boolean) => void): void {
  const all = [...list.querySelectorAll<HTMLElement>("button:not(:disabled)")];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to = (n: number) => all[(n + all.length) % all.length]?.focus();
  switch (event.key) {
    case "ArrowDown":
      to(at + 1);
      break;
    case "ArrowUp":
      to(at - 1);
      break;
    case "Home":
      to(0);
      break;
    case "End":
      to(-1);
      break;
    case "Escape":
    case "Tab":
      close();
      break;
    default: {
      if (event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey) return;
      const letter = event.key.toLowerCase();
      const next = [...all.slice(at + 1), ...all.slice(0, at + 1)].find((b) => b.textContent?.trim().toLowerCase().startsWith(letter));
      next?.focus();
    }
  }
  event.preventDefault();
  event.stopPropagation();
}
