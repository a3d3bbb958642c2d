// To which incident the selected items are to be added, and why.
import { useState } from "preact/hooks";
import { client } from "../../api.gen";
import { useLoad } from "../../load";
import { trying } from "../../done";
import { askReason } from "../../parts/ask";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Scraped } from "../../parts/Scraped";
import { Failed, Loading } from "../../parts/State";
import { t } from "../../text";
import css from "./IncidentDialog.module.css";

interface Props {
  case: string;
  items: readonly string[];
  onClose: () => void;
}

export function IncidentDialog({ case: caseID, items, onClose }: Props) {
  const incidents = useLoad((signal) => client.incidents({ case: caseID }, { signal }), [caseID]);
  const rows = (incidents.data?.incidents ?? []).filter((row) => row.status !== "rejected");
  const [chosen, setChosen] = useState("");
  const add = async () => {
    if (chosen === "") return;
    onClose();
    const answer = await askReason({
      title: t("gallery.toIncidentTitle", { n: items.length }),
      chips: [t("gallery.chip.place"), t("gallery.chip.time"), t("gallery.chip.object")],
      verb: t("gallery.toIncidentVerb"),
    });
    if (answer) await trying(caseID, () => client.decideIncident({ case: caseID, act: "add", incident: chosen, items: [...items], ...answer }));
  };
  return (
    <Dialog
      title={t("gallery.toIncidentTitle", { n: items.length })}
      wide
      onClose={onClose}
      onSubmit={() => void add()}
      actions={
        <>
          <Button onClick={onClose}>{t("gallery.cancel")}</Button>
          <Button kind="main" type="submit" disabled={chosen === ""}>
            {t("gallery.toIncidentVerb")}
          </Button>
        </>
      }
    >
      {incidents.error && <Failed error={incidents.error} retry={incidents.reload} />}
      {!incidents.data && !incidents.error && <Loading shape="rows" />}
      {incidents.data && rows.length === 0 && <p>{t("gallery.toIncidentNone")}</p>}
      <div class={css["rows"]} role="radiogroup" aria-label={t("gallery.toIncident")}>
        {rows.map((row) => (
          <label key={row.id} class={css["row"]}>
            <input type="radio" name="incident" value={row.id} checked={row.id === chosen} onChange={() => setChosen(row.id)} />
            <span>
              <strong>{row.id}</strong> <Scraped most={300}>{row.summary}</Scraped>
            </span>
          </label>
        ))}
      </div>
    </Dialog>
  );
}
