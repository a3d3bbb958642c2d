// A plan at work in three steps: what it is and its files, its tasks with their
// key, and what is checked before it is packed.
import { useState } from "preact/hooks";
import type { PlanPage } from "../../api.gen";
import { Icon } from "../../parts/Icon";
import { Scraped } from "../../parts/Scraped";
import { Failed } from "../../parts/State";
import { Worded } from "../../parts/Worded";
import { query, setQuery } from "../../router";
import { session } from "../../session";
import { language, t } from "../../text";
import { About } from "./About";
import { CaseChoice } from "./CaseChoice";
import { Checking } from "./Checking";
import { lacksOf, type Lack } from "./plan";
import { Tasks } from "./Tasks";
import css from "./Trainer.module.css";
import { usePlan, type Working } from "./usePlan";
import type { Writing } from "./writing";

const steps = ["about", "tasks", "check"] as const;
type Step = (typeof steps)[number];

export function Planning({ first }: { first: PlanPage }) {
  const working = usePlan(first);
  const [written, setWritten] = useState(language());
  const { plan } = working;
  const lacks = lacksOf(plan);
  const step = steps.find((s) => s === query.value.get("step")) ?? "about";
  const writing: Writing = { working, language: written };
  return (
    <div class={css["planning"]}>
      <header class={css["head"]}>
        <div class={css["words"]}>
          <p class={css["crumbs"]}>
            <a href="/trainer">{t("trainer.title")}</a>
          </p>
          <h1>
            <Worded words={plan.exercise.title} most={200} />
          </h1>
          <Kept working={working} />
        </div>
        <label class={css["inLanguage"]}>
          <span>{t("trainer.language")}</span>
          <select value={written} onChange={(e) => setWritten(e.currentTarget.value)}>
            {(session.value?.languages ?? []).map((l) => (
              <option key={l.tag} value={l.tag} lang={l.tag}>
                {l.name}
              </option>
            ))}
          </select>
        </label>
      </header>
      <Steps step={step} lacks={lacks} />
      {working.error && <Failed error={working.error} retry={() => void working.keep()} />}
      {working.page.case.id === "" && <CaseChoice working={working} />}
      {step === "about" && <About {...writing} />}
      {step === "tasks" && <Tasks {...writing} lacks={lacks} />}
      {step === "check" && <Checking {...writing} lacks={lacks} />}
    </div>
  );
}

// Kept says where the plan lies and whether all of it does.
function Kept({ working: { page, keeping } }: { working: Working }) {
  return (
    <p class={css["kept"]}>
      <span role="status">{t(`trainer.keeping.${keeping}`)}</span>{" "}
      <span class="dim">
        <Scraped most={400}>{page.path}</Scraped>
      </span>
    </p>
  );
}

function Steps({ step, lacks }: { step: Step; lacks: readonly Lack[] }) {
  return (
    <nav class={css["steps"]} aria-label={t("trainer.steps")}>
      {steps.map((s, i) => {
        const n = s === "check" ? 0 : lacks.filter((l) => l.step === s).length;
        return (
          <a
            key={s}
            class={css["step"]}
            href={stepAddress(s)}
            aria-current={s === step ? "step" : undefined}
            onClick={(event) => {
              event.preventDefault();
              setQuery({ step: s }, { step: true });
            }}
          >
            <span class={css["number"]} aria-hidden="true">
              {i + 1}
            </span>
            <span>{t(`trainer.step.${s}`)}</span>
            {s !== "check" &&
              (n === 0 ? (
                <span class={css["whole"]}>
                  <Icon name="check" size={14} /> <span class="heard">{t("trainer.step.whole")}</span>
                </span>
              ) : (
                <span class={css["lacking"]}>{t("trainer.step.lacks", { n })}</span>
              ))}
          </a>
        );
      })}
    </nav>
  );
}

function stepAddress(step: Step): string {
  const next = new URLSearchParams(query.value);
  next.set("step", step);
  return `/trainer?${next.toString()}`;
}
