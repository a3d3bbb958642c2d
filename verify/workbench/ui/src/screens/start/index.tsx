// The first start: four choices on one page, all of them to be changed later.
import { useState } from "preact/hooks";
import { client } from "../../api.gen";
import { Button } from "../../parts/Button";
import { Check, Choices, Field } from "../../parts/Field";
import { FolderPicker, room } from "../../parts/FolderPicker";
import { Partial } from "../../parts/State";
import { tellError } from "../../parts/Toast";
import { address, go } from "../../router";
import { by, choose, session, settings } from "../../session";
import { t } from "../../text";
import { levels, themes } from "../settings/choices";
import { LanguageChoice } from "../settings/Language";
import css from "./Start.module.css";

const usualMinutes = 45;

export default function Start() {
  const now = settings.value;
  const [name, setName] = useState(by.value);
  const [choosing, setChoosing] = useState(false);
  const [busy, setBusy] = useState("");
  const keep = (changes: Parameters<typeof choose>[0]) => void choose(changes).catch(tellError);
  const begin = async (what: "exercise" | "new" | "workshop") => {
    setBusy(what);
    try {
      await choose({ started: true, by: name.trim() });
      if (what === "exercise") go(address((await client.exerciseCase({})).id));
      else go(what === "new" ? "/?new=1" : "/workshop");
    } catch (error) {
      tellError(error);
      setBusy("");
    }
  };
  return (
    <div class={css["page"]}>
      <header class={css["head"]}>
        <h1>{t("start.title")}</h1>
        <p class="dim">{t("start.lead")}</p>
        <LanguageChoice />
      </header>
      <section class={css["choice"]}>
        <h2>{t("start.care")}</h2>
        <Choices label={t("start.careAsk")} value={now.level} choices={levels()} onChange={(level) => keep({ level })} />
        <Check label={t("start.break", { n: now.break_minutes || usualMinutes })} checked={now.break_minutes > 0} onChange={(on) => keep({ break_minutes: on ? usualMinutes : 0 })} />
      </section>
      <section class={css["choice"]}>
        <h2>{t("start.name")}</h2>
        <Field label={t("start.nameAsk")} hint={t("start.nameHint")}>
          {(props) => <input {...props} maxLength={200} autocomplete="off" value={name} onInput={(e) => setName(e.currentTarget.value)} onChange={() => keep({ by: name.trim() })} />}
        </Field>
      </section>
      <section class={css["choice"]}>
        <h2>{t("start.folder")}</h2>
        <Field label={t("start.folderAsk")} hint={session.value ? room({ ...session.value, synced: "" }) : ""}>
          {(props) => (
            <span class={css["folder"]}>
              <input {...props} readOnly value={now.case_folder} />
              <Button onClick={() => setChoosing(true)}>{t("cases.choose")}</Button>
            </span>
          )}
        </Field>
        {session.value?.synced && <Partial text={t("parts.folder.synced", { service: session.value.synced })} />}
      </section>
      <section class={css["choice"]}>
        <h2>{t("start.colours")}</h2>
        <Choices label={t("start.coloursAsk")} row value={now.theme} choices={themes()} onChange={(theme) => keep({ theme })} />
      </section>
      <footer class={css["foot"]}>
        <Button busy={busy === "workshop"} disabled={busy !== ""} onClick={() => void begin("workshop")}>
          {t("frame.screen.workshop")}
        </Button>
        <Button busy={busy === "exercise"} disabled={busy !== ""} onClick={() => void begin("exercise")}>
          {busy === "exercise" ? t("cases.making") : t("start.exercise")}
        </Button>
        <Button kind="main" busy={busy === "new"} disabled={busy !== ""} onClick={() => void begin("new")}>
          {t("cases.new")}
        </Button>
      </footer>
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
    </div>
  );
}
