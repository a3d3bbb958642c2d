import type { NextStep } from "../../api.gen";
import { Button } from "../../parts/Button";
import { go } from "../../router";
import { t, type Key } from "../../text";
import { stepAddress } from "./links";
import css from "./Overview.module.css";

// NextSteps offers what is worth doing now, the most urgent first.
export function NextSteps({ case: id, steps }: { case: string; steps: NextStep[] }) {
  return (
    <section aria-labelledby="overview-next">
      <h2 id="overview-next" class={css.heading}>
        {t("overview.next")}
      </h2>
      {steps.length === 0 && <p class="dim">{t("overview.next.none")}</p>}
      <ol class={css.steps}>
        {steps.map((step, i) => (
          <li key={step.code} class={css.step}>
            <p>{t(`overview.next.${step.code}` as Key, { n: step.n })}</p>
            <Button kind={i === 0 ? "main" : "line"} onClick={() => go(stepAddress(id, step))}>
              {t(`overview.next.${step.code}.act` as Key)}
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}
