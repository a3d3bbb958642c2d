import { client, type IncidentChange } from "../../api.gen";
import { changed } from "../../done";
import { useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Evidence } from "../../parts/Evidence";
import { pictured } from "../../parts/pictured";
import { visible } from "../../parts/Scraped";
import { Failed, Loading } from "../../parts/State";
import { sentence, tellError } from "../../parts/Toast";
import { address, go } from "../../router";
import { t } from "../../text";
import { add, keepApart, merge } from "./acts";
import css from "./Board.module.css";

// Changes lists what the last grouping would change in incidents that people
// confirmed; each is accepted or refused by itself.
export function Changes({ case: caseID }: { case: string }) {
  const read = useLoad((signal) => client.incidentChanges({ case: caseID }, { signal }), [caseID, changed.value]);
  const back = () => go(address(caseID, "incidents"));
  return (
    <section class={css["changes"]} aria-labelledby="incident-changes">
      <div class={css["over"]}>
        <h2 id="incident-changes">{t("incidents.changesTitle")}</h2>
        <Button kind="quiet" icon="back" onClick={back}>
          {t("incidents.back")}
        </Button>
      </div>
      <p class={css["hint"]}>{t("incidents.changesHint")}</p>
      {read.error ? (
        <Failed error={read.error} retry={read.reload} />
      ) : !read.data ? (
        <Loading shape="rows" />
      ) : read.data.changes.length === 0 ? (
        <p class="dim">{t("incidents.changesNone")}</p>
      ) : (
        <ul class={css["suggestions"]}>
          {read.data.changes.map((c) => (
            <Change key={c.incident + (c.item?.id ?? c.other)} case={caseID} change={c} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Change({ case: caseID, change: c }: { case: string; change: IncidentChange }) {
  const item = c.item;
  const accept = () => (item ? add(caseID, c.incident, item) : merge(caseID, c.incident, c.other));
  const refuse = async () => {
    if (!item) return;
    try {
      await keepApart(caseID, await client.incident({ case: caseID, incident: c.incident }), item.id);
    } catch (error) {
      tellError(error);
    }
  };
  return (
    <li class={css["suggestion"]}>
      <span class={css["thumb"]}>{item && <Evidence case={caseID} {...pictured(item)} size="cell" />}</span>
      <span class={css["facts"]}>
        <a href={address(caseID, "incidents", c.incident)}>{item ? t("incidents.change.add", { item: visible(item.name, 60), id: c.incident }) : t("incidents.change.merge", { other: c.other, id: c.incident })}</a>
        <span class="dim">{sentence(c.says)}</span>
      </span>
      <span class={css["column"]}>
        <Button small onClick={() => void accept()}>
          {t("incidents.accept")}
        </Button>
        {item && (
          <Button small kind="quiet" onClick={() => void refuse()}>
            {t("incidents.keepApart")}
          </Button>
        )}
      </span>
    </li>
  );
}
