import { client } from "../../api.gen";
import { useLoad } from "../../load";
import { Said, Scraped } from "../../parts/Scraped";
import { Failed } from "../../parts/State";
import { inZone } from "../../parts/zone";
import { address } from "../../router";
import { settings } from "../../session";
import { t } from "../../text";
import css from "./Overview.module.css";

const shown = 8;

// Decisions lists what people did last: who, when, what and why.
export function Decisions({ case: id, seen }: { case: string; seen: number }) {
  const { data, error, reload } = useLoad((signal) => client.history({ case: id }, { signal }), [id, seen]);
  const zone = settings.value.case_zone || "UTC";
  return (
    <section aria-labelledby="overview-decisions" aria-busy={!data && !error}>
      <h2 id="overview-decisions" class={css.heading}>
        {t("overview.decisions")}
      </h2>
      {error && <Failed error={error} retry={reload} />}
      {data && data.deeds.length === 0 && <p class="dim">{t("overview.decisions.none")}</p>}
      <ol class={css.deeds}>
        {data?.deeds.slice(0, shown).map((d) => (
          <li key={d.entry} class={css.deed}>
            <time class={css.at} dateTime={d.at}>
              {inZone(d.at, zone)}
            </time>
            <span class={css.by}>
              <Scraped most={60}>{d.by}</Scraped>
            </span>
            <span class={d.holds ? undefined : css.back}>
              {d.incident ? (
                <a href={address(id, "incidents", d.incident)}>
                  <Said most={300}>{d.text}</Said>
                </a>
              ) : (
                <Said most={300}>{d.text}</Said>
              )}
              {d.reason && (
                <span class="dim">
                  {" — "}
                  <Scraped most={200}>{d.reason}</Scraped>
                </span>
              )}
              {!d.holds && <span class={css.gone}>{t("overview.decisions.taken_back")}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
