import { client } from "../../api.gen";
import { useLoad } from "../../load";
import { useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Field } from "../../parts/Field";
import { FolderPicker, room } from "../../parts/FolderPicker";
import { bytes } from "../../parts/measure";
import { Scraped } from "../../parts/Scraped";
import { Failed, Loading } from "../../parts/State";
import { tell, tellError } from "../../parts/Toast";
import { settings } from "../../session";
import { t } from "../../text";
import { keep } from "./Care";
import css from "./Settings.module.css";

export function Storage() {
  const folder = settings.value.case_folder;
  const what = useLoad((signal) => client.storage({}, { signal }), [folder]);
  const [choosing, setChoosing] = useState(false);
  if (what.error && !what.data) return <Failed error={what.error} retry={what.reload} />;
  if (!what.data) return <Loading />;
  const now = what.data;
  const clear = async (id: string) => {
    try {
      const freed = await client.clearCache({ case: id });
      tell({ text: t("settings.cleared", { freed: bytes(freed.freed_bytes) }) });
      what.reload();
    } catch (error) {
      tellError(error);
    }
  };
  return (
    <>
      <Field label={t("settings.folder")} hint={room(now)}>
        {(props) => (
          <span class={css["line"]}>
            <input {...props} readOnly value={folder} />
            <Button onClick={() => setChoosing(true)}>{t("cases.choose")}</Button>
          </span>
        )}
      </Field>
      <Field label={t("settings.own")} hint={t("settings.ownHint")}>
        {(props) => <input {...props} readOnly value={now.config_dir} />}
      </Field>
      {now.cases.length > 0 && (
        <div class={css["wide"]}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("settings.openCase")}</th>
                <th scope="col" class="end">
                  {t("settings.caseSize")}
                </th>
                <th scope="col" class="end">
                  {t("settings.cacheSize")}
                </th>
                <th scope="col">
                  <span class="heard">{t("settings.clear")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {now.cases.map((c) => (
                <tr key={c.id}>
                  <th scope="row">
                    <Scraped most={120}>{c.name}</Scraped>
                  </th>
                  <td class="end">{bytes(c.case_bytes)}</td>
                  <td class="end">{bytes(c.cache_bytes)}</td>
                  <td class="end">
                    <Button small onClick={() => void clear(c.id)}>
                      {t("settings.clear")}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p class={css["note"]}>{t("settings.storageNote")}</p>
      {choosing && (
        <FolderPicker
          title={t("start.folder")}
          verb={t("cases.here")}
          onClose={() => setChoosing(false)}
          onPick={(path) => {
            setChoosing(false);
            keep({ case_folder: path });
          }}
        />
      )}
    </>
  );
}
