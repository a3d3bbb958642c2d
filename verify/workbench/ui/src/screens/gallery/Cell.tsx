// One item in the grid and in the list. Few elements each: a screen holds
// many.
import { memo } from "preact/compat";
import type { Card } from "../../api.gen";
import { Evidence } from "../../parts/Evidence";
import { Icon, type IconName } from "../../parts/Icon";
import { Scraped, visible } from "../../parts/Scraped";
import { inRow } from "../../text";
import css from "./Cell.module.css";
import { duration, shortTime } from "./words";

interface Props {
  case: string;
  card: Card;
  version: string; // changes with what the cell shows
  current: boolean;
  picked: boolean;
  onPick: () => void;
}

// Cell is an item as a picture with its name and time.
export const Cell = memo(
  function Cell({ case: caseID, card, current, picked, onPick }: Props) {
    return (
      <>
        <Evidence
          case={caseID}
          id={card.id}
          name={card.name}
          kind={card.kind}
          described={card.described}
          warning={card.warning}
          warningBy={card.warning_by}
          masked={card.masked}
          readable={card.readable}
          seconds={card.seconds}
          current={current}
        />
        <span class={css["check"]} data-on={picked || undefined} onClick={stopping(onPick)} onDblClick={stopping()} />
        <Badges card={card} />
        <span class={css["name"]} data-aside={card.set_aside || undefined}>
          <Scraped most={120}>{card.name}</Scraped>
        </span>
        <span class={css["time"]} data-trust={card.time?.trust ?? "none"}>
          {shortTime(card)}
        </span>
      </>
    );
  },
  (a, b) => a.version === b.version && a.current === b.current && a.picked === b.picked,
);

// stopping keeps a click from reaching the item around it.
function stopping(act?: () => void): (event: MouseEvent) => void {
  return (event) => {
    event.stopPropagation();
    act?.();
  };
}

// Badges say in signs what else matters: how long, how many copies, pinned.
function Badges({ card }: { card: Card }) {
  const words = [card.seconds > 0 ? `▶ ${duration(card.seconds)}` : "", card.copies > 1 ? `${card.copies}×` : "", card.notes > 0 ? `✎ ${card.notes}` : ""].filter(Boolean).join("  ");
  if (words === "" && !card.pinned) return null;
  return (
    <span class={css["badges"]}>
      {card.pinned && <Icon name="pin" size={12} />}
      {words}
    </span>
  );
}

// folder is where a file lies, from its source on.
function folder(path: string): string {
  return visible(path.slice(0, Math.max(0, path.lastIndexOf("/"))), 160);
}

const icons: Record<string, IconName> = { image: "image", video: "video", audio: "audio", document: "document" };

// Line is an item in words alone.
export const Line = memo(
  function Line({ card, picked, onPick }: Props) {
    return (
      <span class={css["line"]}>
        <span class={css["box"]} data-on={picked || undefined} onClick={stopping(onPick)} onDblClick={stopping()} />
        <Icon name={icons[card.kind] ?? "document"} />
        <span class={css["name"]} data-aside={card.set_aside || undefined}>
          <Scraped most={160}>{card.name}</Scraped> <bdi dir="auto">{folder(card.path)}</bdi>
        </span>
        <span class={css["words"]}>
          <Scraped most={200}>{card.described || card.caption || inRow(card.tags)}</Scraped>
        </span>
        <span class={css["time"]} data-trust={card.time?.trust ?? "none"}>
          {shortTime(card)}
        </span>
        <span class={css["marks"]}>
          {card.warning === "moderate" || card.warning === "severe" ? <b>!</b> : null}
          {card.pinned && <Icon name="pin" size={12} />}
          {card.copies > 1 && `${card.copies}×`}
        </span>
      </span>
    );
  },
  (a, b) => a.version === b.version && a.picked === b.picked,
);
