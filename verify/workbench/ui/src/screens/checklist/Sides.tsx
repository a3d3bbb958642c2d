// The sheets side by side, once both are handed in: where they differ, and what
// needs the decision of a third person.
import type { Checklist, SheetDiffers, SheetSide } from "../../api.gen";
import { Icon } from "../../parts/Icon";
import { Said, Scraped } from "../../parts/Scraped";
import { inRow, t } from "../../text";
import css from "./Sides.module.css";

export function Sides({ sheet }: { sheet: Checklist }) {
  const differ = new Map(sheet.differ.map((d) => [d.what, d]));
  return (
    <section class={css["sides"]} aria-labelledby="sides">
      <h2 id="sides">{t("checklist.sides")}</h2>
      <p class={css["sum"]}>{sum(sheet.differ)}</p>
      <div class={css["wide"]} role="region" aria-labelledby="sides" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("checklist.sides.question")}</th>
              {sheet.sides.map((side) => (
                <th key={side.round} scope="col">
                  {side.title}
                  {side.blind && side.round === 2 && `, ${t("checklist.sides.blind")}`}
                  <span class={css["who"]}>
                    <bdi dir="auto">{inRow(side.by)}</bdi>
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Row what="conclusion" title={t("checklist.conclusion")} differ={differ.get("conclusion")} sides={sheet.sides}>
              {(side) => (
                <>
                  <strong>{side.conclusion === "" ? t("checklist.notConcluded") : side.conclusion.replaceAll("_", " ")}</strong>
                  {side.limits !== "" && (
                    <p>
                      <Scraped>{side.limits}</Scraped>
                    </p>
                  )}
                </>
              )}
            </Row>
            {sheet.claims.map((claim) => (
              <Row key={claim.claim} what={claim.claim} title={claim.title} differ={differ.get(claim.claim)} sides={sheet.sides}>
                {(side) => <ClaimOf side={side} claim={claim.claim} />}
              </Row>
            ))}
            {sheet.sections.map((section, i) => (
              <>
                <tr key={section.id} class={css["section"]}>
                  <th scope="rowgroup">{section.title}</th>
                  {sheet.sides.map((side) => (
                    <td key={side.round}>{side.results[i]}</td>
                  ))}
                </tr>
                {section.questions
                  .filter((q) => q.derived === "")
                  .map((q) => (
                    <Row key={q.step} what={q.step} title={q.question} differ={differ.get(q.step)} sides={sheet.sides}>
                      {(side) => <AnswerOf side={side} step={q.step} />}
                    </Row>
                  ))}
              </>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function sum(differ: readonly SheetDiffers[]): string {
  const third = differ.filter((d) => d.third).length;
  const finer = differ.length - third;
  const parts = [third > 0 ? t("checklist.sides.third", { n: third }) : t("checklist.sides.agree")];
  if (finer > 0) parts.push(t("checklist.sides.finer", { n: finer }));
  return parts.join(" ");
}

interface RowProps {
  what: string;
  title: string;
  differ: SheetDiffers | undefined;
  sides: readonly SheetSide[];
  children: (side: SheetSide) => preact.ComponentChildren;
}

function Row({ what, title, differ, sides, children }: RowProps) {
  return (
    <tr data-differ={differ ? (differ.third ? "third" : "finer") : undefined}>
      <th scope="row">
        {/^[A-H]\d?$/.test(what) && <span class={css["id"]}>{what}</span>} {title}
        {differ && (
          <span class={css["why"]}>
            <Icon name="alert" size={14} /> {differ.why}
          </span>
        )}
      </th>
      {sides.map((side) => (
        <td key={side.round}>{children(side)}</td>
      ))}
    </tr>
  );
}

function ClaimOf({ side, claim }: { side: SheetSide; claim: string }) {
  const c = side.claims.find((x) => x.claim === claim);
  if (!c || c.grade === "") return <span class="dim">{t("checklist.ungraded")}</span>;
  return (
    <>
      {c.grade}
      {c.value !== "" && (
        <p>
          <Scraped most={300}>{c.value}</Scraped>
        </p>
      )}
      {c.basis.length > 0 && (
        <p class="dim">
          <Scraped most={600}>{c.basis.join("; ")}</Scraped>
        </p>
      )}
    </>
  );
}

function AnswerOf({ side, step }: { side: SheetSide; step: string }) {
  const a = side.answers.find((x) => x.step === step);
  if (!a || a.answer === "") return <span class="dim">{t("checklist.notDone")}</span>;
  return (
    <>
      {a.words}
      {a.note !== "" && (
        <p>
          <Scraped>{a.note}</Scraped>
        </p>
      )}
      {a.evidence.length > 0 && (
        <p class="dim">
          <Said most={600}>{a.evidence.map((e) => e.words).join("; ")}</Said>
        </p>
      )}
    </>
  );
}
