// The claims with their grades: what is claimed, how well it is supported, and
// on which bases. Each is recorded by itself.
import { useState } from "preact/hooks";
import { client, type Checklist, type ClaimAsked } from "../../api.gen";
import { trying } from "../../done";
import { Button } from "../../parts/Button";
import { t } from "../../text";
import css from "./Question.module.css";

export function Claims({ case: caseID, sheet }: { case: string; sheet: Checklist }) {
  return (
    <section class={css["section"]} aria-labelledby="claims">
      <header class={css["heading"]}>
        <h2 id="claims">{t("checklist.claims")}</h2>
        <p class={css["help"]}>{t("checklist.claims.hint")}</p>
      </header>
      {sheet.claims.map((claim) => (
        <Claim key={claim.claim} case={caseID} sheet={sheet} claim={claim} />
      ))}
    </section>
  );
}

function Claim({ case: caseID, sheet, claim }: { case: string; sheet: Checklist; claim: ClaimAsked }) {
  const kept = { grade: claim.grade, value: claim.value, basis: claim.basis.join("\n") };
  const [typed, setTyped] = useState<Partial<typeof kept>>({});
  const now = { ...kept, ...typed };
  const changed = now.grade !== kept.grade || now.value !== kept.value || now.basis !== kept.basis;
  const bases = now.basis.split("\n").map((b) => b.trim()).filter(Boolean);
  const few = now.grade === "confirmed" && new Set(bases).size < 2;
  const id = `claim-${claim.claim}`;
  const record = async () => {
    const given = { claim: claim.claim, grade: now.grade, value: now.value.trim(), basis: bases };
    if (await trying(caseID, () => client.assess({ case: caseID, id: sheet.card.id, claims: [given] }))) setTyped({});
  };
  return (
    <form
      class={css["card"]}
      aria-labelledby={id}
      data-open={kept.grade === "" || undefined}
      onSubmit={(e) => {
        e.preventDefault();
        void record();
      }}
    >
      <h3 id={id} class={css["question"]}>
        {claim.title} {claim.needed && <span class={css["needed"]}>{t("checklist.needed")}</span>}
      </h3>
      <div class={css["claim"]}>
        <label>
          <span class={css["label"]}>{t("checklist.grade")}</span>
          <select disabled={!sheet.can_write} value={now.grade} onChange={(e) => setTyped({ ...typed, grade: e.currentTarget.value })}>
            <option value="">{t("checklist.ungraded")}</option>
            {sheet.choices.grades.map((g) => (
              <option key={g.id} value={g.id}>
                {g.help ? `${g.text}, ${g.help}` : g.text}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span class={css["label"]}>{t("checklist.value")}</span>
          <input readOnly={!sheet.can_write} placeholder={claim.help} maxLength={2000} autocomplete="off" value={now.value} onInput={(e) => setTyped({ ...typed, value: e.currentTarget.value })} />
        </label>
        <label class={css["bases"]}>
          <span class={css["label"]}>{t("checklist.bases")}</span>
          <textarea rows={2} readOnly={!sheet.can_write} maxLength={10_000} value={now.basis} onInput={(e) => setTyped({ ...typed, basis: e.currentTarget.value })} />
        </label>
      </div>
      {few && <p class={css["waits"]}>{t("checklist.fewBases")}</p>}
      {sheet.can_write && changed && (
        <div class={css["acts"]}>
          <Button type="submit" disabled={now.grade === ""}>
            {t("checklist.record.grade")}
          </Button>
          <Button kind="quiet" onClick={() => setTyped({})}>
            {t("parts.ask.cancel")}
          </Button>
        </div>
      )}
    </form>
  );
}
