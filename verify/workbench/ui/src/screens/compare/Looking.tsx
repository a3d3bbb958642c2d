import { reveal, softenOne, type Stage, type Subject } from "../../care";
import { hint } from "../../keys";
import { Button } from "../../parts/Button";
import { whole } from "../../parts/viewport";
import { t } from "../../text";
import { Nearness } from "../media/Stage";
import css from "./Compare.module.css";
import type { Panes } from "./view";

// Looking is what stands below the pictures: one reveal covers both, and what
// is looked at is looked at in both.
export function Looking({ group, stage, subjects, view, regions, onView }: Panes & { stage: Stage; subjects: readonly Subject[] }) {
  const sharp = stage === "grey" || stage === "colour";
  return (
    <>
      <div class={css["looking"]}>
        <span class={css["reveal"]}>
          <Button icon="eye" hint={hint("reveal")} onClick={() => reveal(group, subjects)}>
            {sharp ? t(stage === "grey" ? "compare.colour" : "compare.grey") : t("compare.reveal")}
          </Button>
          {sharp && (
            <Button kind="quiet" icon="eyeOff" hint="Esc" onClick={softenOne}>
              {t("compare.soften")}
            </Button>
          )}
        </span>
        <Nearness look={view.look} onLook={(look) => onView(look === whole ? { look, lookB: whole } : { look })} />
        <span class={css["reveal"]}>
          {view.mode === "side" && (
            <Button small hint={hint("lock")} pressed={view.locked} title={t(view.locked ? "compare.locked" : "compare.unlocked")} onClick={() => onView({ locked: !view.locked })}>
              {t("compare.lock")}
            </Button>
          )}
          {regions.length > 0 && (
            <Button small hint={hint("regions")} pressed={view.regions} onClick={() => onView({ regions: !view.regions })}>
              {t("compare.regions")}
            </Button>
          )}
        </span>
      </div>
      {!sharp && <p class="dim">{t("compare.softened")}</p>}
    </>
  );
}
