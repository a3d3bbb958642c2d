// The reviews of a case: those that wait for this person first, and how well
// reviewers agree on each question.
import { client, type AgreedRow, type Checklists, type ReviewRow } from "../../api.gen";
import { changed } from "../../done";
import { useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Evidence } from "../../parts/Evidence";
import { Scraped } from "../../parts/Scraped";
import { Empty, Failed, Loading, Partial } from "../../parts/State";
import { TimeValue } from "../../parts/TimeValue";
import { address, go } from "../../router";
import { inRow, t, type Key } from "../../text";
import css from "./List.module.css";

export function List({ case: caseID }: { case: string }) {
  const list = useLoad((signal) => client.checklists({ case: caseID }, { signal }), [caseID, changed.value]);
  if (list.error && !list.data) return <Failed error={list.error} retry={list.reload} />;
  if (!list.data) return <Loading shape="rows" />;
  const { next, reviews } = list.data;
  const begin = next !== "" && (
    <Button kind="main" onClick={() => go(address(caseID, "checklist", next))}>
      {t("checklist.begin")}
    </Button>
  );
  return (
    <div class={css["screen"]}>
      <header class={css["head"]}>
        <div>
          <h1>{t("checklist.title.list")}</h1>
          <p class="dim">{stand(list.data)}</p>
        </div>
        {reviews.length > 0 && begin}
      </header>
      {list.data.me === "" && <Partial text={t("checklist.noName")} />}
      {reviews.length === 0 ? <Empty text={t("checklist.empty")} action={begin} /> : <Reviews case={caseID} rows={reviews} more={list.data.more} />}
      <Agreement rows={list.data.agreement} />
    </div>
  );
}

function stand(data: Checklists): string {
  return [t("checklist.begun", { n: data.reviews.length + data.more }), t("checklist.left", { n: data.left })].join(" · ");
}

function Reviews({ case: caseID, rows, more }: { case: string; rows: readonly ReviewRow[]; more: number }) {
  return (
    <section class={css["part"]} aria-labelledby="reviews">
      <h2 id="reviews">{t("checklist.reviews")}</h2>
      <ul class={css["rows"]}>
        {rows.map((row) => (
          <li key={row.card.id}>
            <a class={css["row"]} href={address(caseID, "checklist", row.card.id)}>
              <span class={css["thumb"]}>
                <Evidence case={caseID} id={row.card.id} name={row.card.name} kind={row.card.kind} described={row.card.described} warning={row.card.warning} masked={row.card.masked} readable={row.card.readable} still />
              </span>
              <span class={css["facts"]}>
                <span class={css["name"]}>
                  <Scraped most={80}>{row.card.name}</Scraped>
                </span>
                <TimeValue time={row.card.time} compact />
              </span>
              <span class={css["state"]}>
                <span>{row.state_text}</span>
                {row.by.length > 0 && (
                  <span class="dim">
                    <bdi dir="auto">{inRow(row.by)}</bdi>
                  </span>
                )}
              </span>
              <span class={css["state"]}>
                {row.outcome !== "" && <strong>{row.outcome.replaceAll("_", " ")}</strong>}
                {row.differ > 0 && <span class={css["differ"]}>{t("checklist.differ", { n: row.differ })}</span>}
              </span>
              {row.turn !== "" && <span class={css["turn"]}>{t(`checklist.turn.${row.turn}` as Key)}</span>}
            </a>
          </li>
        ))}
      </ul>
      {more > 0 && <Partial text={t("checklist.more", { n: more })} />}
    </section>
  );
}

function Agreement({ rows }: { rows: readonly AgreedRow[] }) {
  if (rows.length === 0) return null;
  return (
    <section class={css["part"]} aria-labelledby="agreement">
      <h2 id="agreement">{t("checklist.agreement")}</h2>
      <p class={css["hint"]}>{t("checklist.agreement.hint")}</p>
      <div class={css["wide"]} role="region" aria-labelledby="agreement" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("checklist.agreement.question")}</th>
              <th scope="col" class="end">
                {t("checklist.agreement.both")}
              </th>
              <th scope="col" class="end">
                {t("checklist.agreement.alike")}
              </th>
              <th scope="col">{t("checklist.agreement.kappa")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.what}>
                <th scope="row">
                  {row.kind === "step" && <span class={css["id"]}>{row.what}</span>} {row.title}
                </th>
                <td class="end">{row.both}</td>
                <td class="end">{row.alike}</td>
                <td>{row.words}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
