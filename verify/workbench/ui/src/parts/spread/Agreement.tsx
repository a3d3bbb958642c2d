// How far a room agreed on a task: the number in words, what it means, and what
// it does not say.
import type { TaskSpread } from "../../api.gen";
import { decimal, t } from "../../text";
import { agreementMeans, agreementText } from "./agreement";
import css from "./Spread.module.css";

export function Agreement({ spread }: { spread: TaskSpread }) {
  const means = agreementMeans(spread);
  return (
    <div class={css["agreement"]}>
      <p>
        <strong>{agreementText(spread)}</strong> <span class="dim">{t("trainer.spread.mean", { mean: decimal(spread.mean, 2), of: spread.of })}</span>
      </p>
      {means !== "" && <p>{means}</p>}
      {spread.notes.map((note) => (
        <p key={note} class={css["note"]}>
          {note}
        </p>
      ))}
    </div>
  );
}
