// Nothing matches: which single term, left out, would give something.
import type { Gallery } from "../../api.gen";
import { Button } from "../../parts/Button";
import { Empty } from "../../parts/State";
import { visible } from "../../parts/Scraped";
import { t } from "../../text";
import css from "./Nothing.module.css";
import { changeFilter } from "./place";

export function Nothing({ drops }: { drops: Gallery["drops"] }) {
  return (
    <Empty
      text={t("gallery.nothing")}
      action={
        <Button kind={drops.length > 0 ? "line" : "main"} onClick={() => changeFilter("")}>
          {t("gallery.clear")}
        </Button>
      }
    >
      {drops.length === 0 ? (
        <p class="dim">{t("gallery.dropNone")}</p>
      ) : (
        <ul class={css["drops"]}>
          {drops.slice(0, 5).map((drop, i) => (
            <li key={drop.term}>
              <Button kind={i === 0 ? "main" : "line"} onClick={() => changeFilter(drop.filter)}>
                <bdi dir="auto">{t("gallery.dropOne", { n: drop.count, term: visible(drop.term, 80) })}</bdi>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Empty>
  );
}
