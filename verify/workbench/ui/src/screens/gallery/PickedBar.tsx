// What can be done with the items that are selected, all at once.
import { hint } from "../../keys";
import { Button } from "../../parts/Button";
import { t } from "../../text";
import css from "./PickedBar.module.css";
import type { Acts } from "./Side";

interface Props {
  count: number;
  acts: Acts;
  onIncident: () => void;
  onExercise: () => void;
  onUnpick: () => void;
}

export function PickedBar({ count, acts, onIncident, onExercise, onUnpick }: Props) {
  return (
    <div class={css["bar"]} role="toolbar" aria-label={t("gallery.actions")}>
      <strong class={css["count"]}>{t("gallery.picked", { n: count })}</strong>
      <Button small hint={hint("tag")} onClick={acts.tag}>
        {t("gallery.tag")}
      </Button>
      <Button small hint={hint("note")} onClick={acts.note}>
        {t("gallery.note")}
      </Button>
      <Button small hint={hint("warning")} onClick={acts.warning}>
        {t("gallery.facet.warning")}
      </Button>
      <Button small hint={hint("pin")} onClick={acts.pin}>
        {t("gallery.pin")}
      </Button>
      <Button small hint={hint("aside")} onClick={acts.aside}>
        {t("gallery.aside")}
      </Button>
      <Button small hint={hint("clear")} onClick={acts.clear}>
        {t("gallery.clearState")}
      </Button>
      <Button small onClick={onIncident}>
        {t("gallery.toIncident")}
      </Button>
      <Button small onClick={onExercise}>
        {t("trainer.fromGallery")}
      </Button>
      <Button small hint={hint("compare")} disabled={count !== 2} onClick={acts.compare}>
        {t("gallery.compare")}
      </Button>
      <Button small hint={hint("checklist")} onClick={acts.checklist}>
        {t("gallery.checklist")}
      </Button>
      <Button small kind="quiet" icon="close" hint="Esc" label={t("gallery.unpick")} onClick={onUnpick} />
    </div>
  );
}
