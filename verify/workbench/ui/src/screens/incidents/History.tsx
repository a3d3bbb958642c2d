import { useState } from "preact/hooks";
import { client } from "../../api.gen";
import { changed } from "../../done";
import { useLoad } from "../../load";
import { Said, Scraped } from "../../parts/Scraped";
import { Failed, Loading } from "../../parts/State";
import { t } from "../../text";
import css from "./Board.module.css";

// History is what was decided on the incident, the newest first; it is read
// when it is opened.
export function History({ case: caseID, incident }: { case: string; incident: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details class={css["history"]} open={open} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{t("incidents.history")}</summary>
      {open && <Deeds case={caseID} incident={incident} />}
    </details>
  );
}

function Deeds({ case: caseID, incident }: { case: string; incident: string }) {
  const read = useLoad((signal) => client.history({ case: caseID, incident }, { signal }), [caseID, incident, changed.value]);
  if (read.error) return <Failed error={read.error} retry={read.reload} />;
  if (!read.data) return <Loading shape="rows" />;
  if (read.data.deeds.length === 0) return <p class="dim">{t("incidents.noHistory")}</p>;
  return (
    <ol class={css["deeds"]}>
      {read.data.deeds.map((d) => (
        <li key={d.entry} data-gone={!d.holds || undefined}>
          <span class="dim data">{d.at.slice(0, 16).replace("T", " ")} Z</span>
          <span>
            <Said most={400}>{d.text}</Said>
            {d.reason && (
              <span class="dim">
                {" — "}
                <Scraped most={400}>{d.reason}</Scraped>
              </span>
            )}
          </span>
          <span class="dim">
            <Scraped most={80}>{d.by}</Scraped>
            {!d.holds && <> · {t("incidents.takenBack")}</>}
          </span>
        </li>
      ))}
    </ol>
  );
}
