// The answer beside the key: what counted for how much, step by step, and why.
import type { ComponentChildren } from "preact";
import type { ExerciseKey, ExerciseOption, ExercisePage, ExerciseSubject, ExerciseTask } from "../../api.gen";
import { Icon } from "../../parts/Icon";
import { metres } from "../../parts/measure";
import { Scraped } from "../../parts/Scraped";
import { spanText, zoneOf } from "../../parts/timeline/calendar";
import { Paragraphs, Worded } from "../../parts/Worded";
import { WorldMap } from "../../parts/WorldMap";
import { count, decimal, t } from "../../text";
import { Drawn } from "./AnswerForm";
import { apart, circleOf, claims, markOf } from "./claims";
import css from "./KeyBeside.module.css";

interface Props {
  page: ExercisePage;
  task: ExerciseTask;
  subject: ExerciseSubject;
}

export function KeyBeside({ page, task, subject }: Props) {
  const key = subject.key;
  if (!key) return null;
  return (
    <div class={css["beside"]}>
      <p class={css["points"]}>
        <strong>{t("workshop.score", { points: decimal(key.points, 2), of: decimal(key.of, 2) })}</strong>
        {!subject.given && <span class="dim">{t("workshop.key.noAnswer")}</span>}
      </p>
      {task.form === "interval" ? <When zone={page.zone} subject={subject} /> : task.form === "place" ? <Where subject={subject} /> : <Chosen subject={subject} />}
      {task.reasons.length > 0 && <Reasons task={task} subject={subject} answerKey={key} />}
      <Why answerKey={key} />
    </div>
  );
}

// Rows are options with what was chosen and what is right, in words and signs.
function Rows({ legend, options, chosen, verdict, partly }: { legend: string; options: readonly ExerciseOption[]; chosen: readonly string[]; verdict: (option: string) => { right: boolean; words: string }; partly: ExerciseKey["partly"] }) {
  return (
    <table class={css["rows"]}>
      <caption>{legend}</caption>
      <thead>
        <tr>
          <th scope="col">{t("workshop.mine.answer")}</th>
          <th scope="col">{t("workshop.key.answer")}</th>
        </tr>
      </thead>
      <tbody>
        {options.map((o) => {
          const mine = chosen.includes(o.option);
          const { right, words } = verdict(o.option);
          const why = partly[o.option];
          return (
            <tr key={o.option} data-mine={mine || undefined} data-right={right || undefined}>
              <th scope="row">
                <span class={css["option"]}>
                  <span class={css["mark"]}>{mine && <Icon name="check" />}</span>
                  <span>
                    <Worded words={o.label} />
                    {mine && <span class={css["given"]}>{t("workshop.key.given")}</span>}
                  </span>
                </span>
              </th>
              <td>
                <span class={css["verdict"]}>{words}</span>
                {why && (mine || right) && (
                  <span class={css["why"]}>
                    <Worded words={why} most={2000} />
                  </span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Chosen({ subject }: { subject: ExerciseSubject }) {
  const key = subject.key!;
  const several = key.right.length > 0;
  const verdict = (option: string) => {
    const credit = several ? Number(key.right.includes(option)) : (key.credit[option] ?? 0);
    if (credit >= 1) return { right: true, words: t("workshop.key.right") };
    return { right: false, words: credit > 0 ? t("workshop.key.partly", { percent: count(Math.round(credit * 100)) }) : t("workshop.key.wrong") };
  };
  return <Rows legend={t("workshop.score.heading")} options={subject.options} chosen={subject.answer.chosen} verdict={verdict} partly={key.partly} />;
}

function Reasons({ task, subject, answerKey }: { task: ExerciseTask; subject: ExerciseSubject; answerKey: ExerciseKey }) {
  const verdict = (option: string) => {
    const right = answerKey.reasons.includes(option);
    return { right, words: t(right ? "workshop.key.goodReason" : "workshop.key.noReason") };
  };
  return <Rows legend={t("workshop.reasons")} options={task.reasons} chosen={subject.answer.reasons} verdict={verdict} partly={answerKey.partly} />;
}

function Pair({ mine, key_ }: { mine: ComponentChildren; key_: ComponentChildren }) {
  return (
    <dl class={css["pair"]}>
      <div>
        <dt>{t("workshop.mine.answer")}</dt>
        <dd>{mine ?? <span class="dim">–</span>}</dd>
      </div>
      <div>
        <dt>{t("workshop.key.answer")}</dt>
        <dd>{key_}</dd>
      </div>
    </dl>
  );
}

function When({ zone, subject }: { zone: string; subject: ExerciseSubject }) {
  const clock = zoneOf(zone) ?? zoneOf("Z")!;
  const written = (when: { earliest: string; latest: string }) => <bdi>{spanText(Date.parse(when.earliest), Date.parse(when.latest), clock)}</bdi>;
  const mine = subject.answer.when;
  const key = subject.key?.when;
  if (!key) return null;
  const marks = [...claims(subject), ...(mine ? [markOf("answer", mine, t("workshop.when.lane.mine"))] : []), markOf("key", key, t("workshop.when.lane.key"))];
  return (
    <>
      <Pair mine={mine && written(mine)} key_={written(key)} />
      <Drawn label={t("workshop.when.claims")} marks={marks} zone={zone} />
    </>
  );
}

function Where({ subject }: { subject: ExerciseSubject }) {
  const mine = subject.answer.where;
  const key = subject.key?.where;
  if (!key) return null;
  const written = (at: { latitude: number; longitude: number; radius_m: number }) => (
    <bdi dir="ltr">
      {at.latitude.toFixed(4)}, {at.longitude.toFixed(4)} ± {metres(at.radius_m)}
    </bdi>
  );
  const marks = [...(mine ? [circleOf("answer", mine, t("workshop.where.mine"))] : []), circleOf("key", key, t("workshop.where.key"))];
  return (
    <>
      <Pair mine={mine && written(mine)} key_={written(key)} />
      {mine && <p>{t("workshop.key.distance", { distance: metres(apart(mine, key)) })}</p>}
      <WorldMap label={t("workshop.where.map")} marks={marks} height={280} />
    </>
  );
}

function Why({ answerKey: key }: { answerKey: ExerciseKey }) {
  return (
    <>
      {Object.keys(key.why).length > 0 && (
        <section class={css["reason"]} aria-label={t("workshop.key.why")}>
          <h3>{t("workshop.key.why")}</h3>
          <Paragraphs words={key.why} />
        </section>
      )}
      <details class={css["lines"]}>
        <summary>{t("workshop.score.lines")}</summary>
        <ul>
          {key.lines.map((line, i) => (
            <li key={i}>
              <Scraped most={1000}>{line}</Scraped>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
