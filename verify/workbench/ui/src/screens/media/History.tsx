import { client } from "../../api.gen";
import { changed, undo } from "../../done";
import { useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Said, Scraped } from "../../parts/Scraped";
import { Failed, Loading } from "../../parts/State";
import { tellError } from "../../parts/Toast";
import { month, t } from "../../text";
import css from "./Seen.module.css";

// History is what was decided and written of the item, the latest first. What
// was taken back stays in it.
export function History({ caseID, id }: { caseID: string; id: string }) {
  const read = useLoad((signal) => client.history({ case: caseID, item: id }, { signal }), [caseID, id, changed.value]);
  if (read.error) return <Failed error={read.error} retry={read.reload} />;
  if (!read.data) return <Loading />;
  if (read.data.deeds.length === 0) return <p class="dim">{t("media.history.none")}</p>;
  return (
    <ol class={css["history"]}>
      {read.data.deeds.map((deed) => (
        <li key={deed.entry} data-gone={!deed.holds || undefined}>
          <span class={css["when"]}>{written(deed.at)}</span>
          <span>
            {deed.by && (
              <strong>
                <Scraped most={100}>{deed.by}</Scraped>{" "}
              </strong>
            )}
            <Said most={600}>{deed.text}</Said>
            {deed.reason && (
              <span class="dim">
                {" – "}
                <Scraped most={600}>{deed.reason}</Scraped>
              </span>
            )}
            {!deed.holds && <span class={css["gone"]}>{t("media.history.takenBack")}</span>}
          </span>
          {deed.undo && deed.holds && (
            <Button small kind="quiet" icon="undo" onClick={() => void undo(caseID, deed.entry).catch(tellError)}>
              {t("media.history.undo")}
            </Button>
          )}
        </li>
      ))}
    </ol>
  );
}

// written is an instant in UTC, to the minute.
function written(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "";
  return `${date.getUTCDate()} ${month(date.getUTCMonth())} ${date.getUTCFullYear()} ${date.toISOString().slice(11, 16)} Z`;
}
