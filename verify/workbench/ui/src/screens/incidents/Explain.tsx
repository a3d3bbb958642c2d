import { client, type Card } from "../../api.gen";
import { useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { visible, Scraped } from "../../parts/Scraped";
import { Failed, Loading } from "../../parts/State";
import { t } from "../../text";
import { signed } from "./shown";
import css from "./Parting.module.css";
import { Weighed } from "./Weighed";

// Explain is the whole table of evidence, of an incident or of one item in it.
export function Explain({ case: caseID, incident, item, names, onClose }: { case: string; incident: string; item: Card | null; names: ReadonlyMap<string, string>; onClose: () => void }) {
  const read = useLoad((signal) => client.explainIncident({ case: caseID, incident, item: item?.id ?? "" }, { signal }), [caseID, incident, item?.id]);
  const x = read.data;
  return (
    <Dialog title={item ? t("incidents.explainItem", { name: visible(item.name, 80) }) : t("incidents.explainTitle", { id: incident })} wide onClose={onClose} actions={<Button onClick={onClose}>{t("incidents.close")}</Button>}>
      {read.error ? (
        <Failed error={read.error} retry={read.reload} />
      ) : !x ? (
        <>
          <p class="dim">{t("incidents.explaining")}</p>
          <Loading shape="rows" />
        </>
      ) : (
        <div class={css["after"]}>
          <p class="dim">{t("incidents.whyHint")}</p>
          {x.evidence.length > 0 && <Weighed reasons={x.evidence} names={names} />}
          {x.bits !== null && <p>{t("incidents.explainSum", { bits: signed(x.bits), threshold: signed(x.threshold) })}</p>}
          {x.members.length > 0 && (
            <>
              <h3>{t("incidents.explainFits")}</h3>
              <Weighed reasons={x.members.filter((m) => m.bits !== null).map((m) => ({ code: "fit", weight: m.bits ?? 0, message: m.path + (m.fixed ? ` (${t("incidents.pinned")})` : "") }))} names={names} />
            </>
          )}
          {x.rival && (
            <p>
              <Scraped most={400}>{t("incidents.explainRival", { path: x.rival.path, id: x.other, bits: Math.abs(x.less).toFixed(1), less: t(x.less < 0 ? "incidents.explainMore" : "incidents.explainLess") })}</Scraped>
            </p>
          )}
          {x.decisions.length > 0 && (
            <>
              <h3>{t("incidents.explainDecisions")}</h3>
              <ul>
                {x.decisions.map((d) => (
                  <li key={d.entry}>
                    <Scraped most={400}>{t("incidents.ruled", { kind: d.kind, by: d.by, at: d.at.slice(0, 10), reason: d.reason })}</Scraped>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </Dialog>
  );
}
