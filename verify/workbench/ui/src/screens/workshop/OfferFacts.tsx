import type { ExerciseOffer } from "../../api.gen";
import { Icon } from "../../parts/Icon";
import { t, type Key } from "../../text";
import css from "./List.module.css";

// OfferFacts says what an exercise is of, before it is begun.
export function OfferFacts({ offer: e }: { offer: ExerciseOffer }) {
  return (
    <>
      <p class={css["state"]}>
        <Level level={e.level} /> <Icon name="clock" size={14} /> {t("workshop.minutes", { from: e.minutes[0], to: e.minutes[1] })} · {t("workshop.tasks", { n: e.tasks })} · {t("workshop.files", { n: e.files })}
      </p>
      <p class={css["trains"]}>
        {t("workshop.trains")} {e.topics.map((topic) => t(`workshop.topic.${topic}` as Key)).join(" · ")}
      </p>
    </>
  );
}

const levels = [1, 2, 3];

// Level draws how hard an exercise is, and says it.
function Level({ level }: { level: number }) {
  return (
    <span class={css["level"]} role="img" aria-label={t("workshop.level.of", { n: level })} title={t("workshop.level.of", { n: level })}>
      {levels.map((n) => (
        <span key={n} data-on={n <= level || undefined} />
      ))}
    </span>
  );
}
