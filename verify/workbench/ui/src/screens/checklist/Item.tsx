// What is being verified, beside the questions: softened, with its name, time
// and place, and how far each section is.
import { client, type Checklist } from "../../api.gen";
import { useLoad } from "../../load";
import { Evidence } from "../../parts/Evidence";
import { PlaceValue } from "../../parts/PlaceValue";
import { Scraped } from "../../parts/Scraped";
import { TimeValue } from "../../parts/TimeValue";
import { address } from "../../router";
import { t } from "../../text";
import { alone, open } from "./answers";
import css from "./Checklist.module.css";

interface Props {
  case: string;
  sheet: Checklist;
  step: string; // the current question
  onStep: (step: string) => void;
}

export function Item({ case: caseID, sheet, step, onStep }: Props) {
  const { card } = sheet;
  return (
    <aside class={css["item"]} aria-label={t("checklist.item")}>
      <p class={css["back"]}>
        <a href={address(caseID, "media", card.id)}>{t("checklist.toItem")}</a>
        <a href={address(caseID, "checklist")}>{t("checklist.toList")}</a>
      </p>
      <h1 class={css["name"]}>
        <Scraped most={120}>{card.name}</Scraped>
      </h1>
      <Evidence case={caseID} id={card.id} name={card.name} kind={card.kind} described={card.described} warning={card.warning} warningBy={card.warning_by} tags={card.tags} masked={card.masked} readable={card.readable} size="view" current still {...useMasks(caseID, card.id, card.masked)} />
      <dl class={css["claims"]}>
        <dt>{t("checklist.time")}</dt>
        <dd>
          <TimeValue time={card.time} />
        </dd>
        <dt>{t("checklist.place")}</dt>
        <dd>
          <PlaceValue place={card.place} />
        </dd>
      </dl>
      {alone(sheet) && (
        <nav aria-label={t("checklist.sections")}>
          <ul class={css["sections"]}>
            {sheet.sections.map((section) => {
              const first = section.questions[0]?.step ?? "";
              return (
                <li key={section.id}>
                  <button type="button" class={css["jump"]} aria-current={section.questions.some((q) => q.step === step) || undefined} onClick={() => onStep(first)}>
                    <span>{section.title}</span>
                    <span class="dim">{open(section) === 0 ? t("checklist.allDone") : t("checklist.open", { n: open(section) })}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        </nav>
      )}
      <section class={css["outcome"]} aria-labelledby="outcome">
        <h2 id="outcome">{t("checklist.outcome")}</h2>
        <p>
          {sheet.state_text.charAt(0).toUpperCase() + sheet.state_text.slice(1)}
          {sheet.outcome !== "" && (
            <>
              : <strong>{sheet.outcome.replaceAll("_", " ")}</strong>
            </>
          )}
          .
        </p>
        {sheet.missing.length > 0 && sheet.state !== "" && (
          <>
            <p class="dim">{t("checklist.missing")}</p>
            <ul class={css["missing"]}>
              {sheet.missing.map((m) => (
                <li key={m}>{m}</li>
              ))}
            </ul>
          </>
        )}
      </section>
    </aside>
  );
}

// useMasks reads what of the item is covered, where anything is.
function useMasks(caseID: string, id: string, masked: boolean) {
  const page = useLoad(async (signal) => (masked ? (await client.media({ case: caseID, id }, { signal })).said.masks : []), [caseID, id, masked]);
  return page.data && page.data.length > 0 ? { masks: page.data } : {};
}
