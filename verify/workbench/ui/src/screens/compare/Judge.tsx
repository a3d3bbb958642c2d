import type { ComparePage } from "../../api.gen";
import type { ActionID } from "../../actions";
import { hint } from "../../keys";
import { Button } from "../../parts/Button";
import { Scraped } from "../../parts/Scraped";
import { t } from "../../text";
import css from "./Compare.module.css";

// Verdict is what a person can say of a pair, in the words of the record.
export type Verdict = "same-image" | "same-scene" | "not-same" | "unsure";

const verdicts: readonly [Verdict, ActionID][] = [
  ["same-image", "same"],
  ["same-scene", "scene"],
  ["not-same", "different"],
  ["unsure", "unsure"],
];

// Judge is the verdict that stands, and the four that can be given.
export function Judge({ verdict, onJudge }: { verdict: ComparePage["verdict"]; onJudge: (v: Verdict) => void }) {
  const said = verdicts.find(([v]) => v === verdict?.said)?.[0];
  return (
    <div class={css["judge"]} role="group" aria-label={t("compare.judge")}>
      {verdicts.map(([v, action]) => (
        <Button key={v} hint={hint(action)} pressed={said === v} onClick={() => onJudge(v)}>
          {t(`compare.judge.${v}`)}
        </Button>
      ))}
      <p class={css["judged"]} role="status">
        {verdict && said ? (
          <>
            <Scraped most={200}>{t("compare.judged", { by: verdict.by, verdict: t(`compare.judge.${said}`) })}</Scraped> <span class="dim">{verdict.at}</span>
            {verdict.reason && (
              <span class="dim">
                {" · "}
                <Scraped most={300}>{verdict.reason}</Scraped>
              </span>
            )}
          </>
        ) : (
          <span class="dim">{t("compare.unjudged")}</span>
        )}
      </p>
    </div>
  );
}
