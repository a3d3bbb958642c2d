import type { Around, MediaPage } from "../../api.gen";
import { hint } from "../../keys";
import { Button } from "../../parts/Button";
import { Menu } from "../../parts/Menu";
import { Scraped, visible } from "../../parts/Scraped";
import { address, go } from "../../router";
import { t, type Key } from "../../text";
import type { Acts } from "./acts";
import css from "./Media.module.css";

interface Props {
  caseID: string;
  page: MediaPage;
  around: Around | null;
  acts: Acts;
  panel: boolean;
  kept: string; // the gallery's query
  onPanel: () => void;
  onShow: (id: string | undefined) => void;
  onCompare: () => void;
}

// Head says which item this is, where it stands in the gallery, and what can
// be done with it.
export function Head({ caseID, page, around, acts, panel, kept, onPanel, onShow, onCompare }: Props) {
  const card = page.card;
  return (
    <header class={css["head"]}>
      <nav class={css["walk"]} aria-label={t("media.back")}>
        <Button small kind="quiet" icon="back" label={t("media.previous")} title={titled("media.previous", around?.previous?.name)} disabled={!around?.previous} onClick={() => onShow(around?.previous?.id)} />
        <a class={css["place"]} href={address(caseID, "media") + withItem(kept, card.id)}>
          {around === null ? "…" : around.position > 0 ? t("media.position", { at: around.position, total: around.total }) : t("media.outside", { total: around.total })}
        </a>
        <Button small kind="quiet" icon="forward" label={t("media.next")} title={titled("media.next", around?.next?.name)} disabled={!around?.next} onClick={() => onShow(around?.next?.id)} />
      </nav>
      <h1 class={css["name"]} data-aside={card.set_aside || undefined}>
        <Scraped most={160}>{card.name}</Scraped>
      </h1>
      <div class={css["acts"]}>
        <Button icon="pin" hint={hint("pin")} pressed={card.pinned} onClick={acts.pin}>
          {card.pinned ? t("media.pinned") : t("media.pin")}
        </Button>
        <Button icon="aside" hint={hint("aside")} pressed={card.set_aside} onClick={acts.aside}>
          {t("media.aside")}
        </Button>
        <Menu
          icon="flag"
          label={warned(card.warning, card.warning_by)}
          hint={hint("warning")}
          items={(["none", "moderate", "severe"] as const).map((level) => ({ text: t(warningKey(level)), checked: card.warning === level, onPick: () => acts.warn(level) }))}
        />
        <Button icon="compare" hint={hint("compare")} onClick={onCompare}>
          {t("media.compare")}
        </Button>
        <Button icon="check" hint={hint("checklist")} onClick={() => go(address(caseID, "checklist", card.id))}>
          {t("media.checklist")}
        </Button>
        <Button kind="quiet" icon="list" hint={hint("panel")} pressed={panel} onClick={onPanel}>
          {t("media.panel")}
        </Button>
      </div>
    </header>
  );
}

function titled(what: Key, name: string | undefined): string {
  return name === undefined ? t(what) : `${t(what)}: ${visible(name, 120)}`;
}

// warned is the warning with where it comes from, if not from a person who
// looked at this very item.
function warned(level: string, by: string): string {
  const words = t("media.warning", { level: t(warningKey(level)) });
  return by === "text" || by === "copy" ? `${words} · ${t(`media.warningFrom.${by}`)}` : words;
}

function warningKey(level: string): Key {
  return level === "none" || level === "moderate" || level === "severe" ? `media.warning.${level}` : "media.warning.";
}

// withItem leads back to the gallery with this item in sight.
function withItem(kept: string, id: string): string {
  const search = new URLSearchParams(kept);
  search.set("at", id);
  return "?" + search.toString();
}
