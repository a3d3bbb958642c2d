// Choosing a folder, or a file, of this machine: the program lists it, because a
// browser does not tell where what was chosen lies.
import { useState } from "preact/hooks";
import { client, type FolderList } from "../api.gen";
import { useLoad } from "../load";
import { t } from "../text";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { Field } from "./Field";
import css from "./FolderPicker.module.css";
import { Icon } from "./Icon";
import { bytes } from "./measure";
import { Scraped } from "./Scraped";
import { Failed, Loading } from "./State";

interface Props {
  title: string;
  verb: string; // on the button that takes the folder
  at?: string; // where to begin; the program knows a place when left out
  wanted?: "any" | "case"; // case: only the folder of a case can be taken
  ending?: string; // a file with this ending is chosen in place of a folder, as ".zip"
  onPick: (path: string) => void;
  onClose: () => void;
}

export function FolderPicker({ title, verb, at = "", wanted = "any", ending = "", onPick, onClose }: Props) {
  const [path, setPath] = useState(at);
  const [file, setFile] = useState("");
  const [typed, setTyped] = useState<string | null>(null);
  const list = useLoad((signal) => client.folders({ path, ending }, { signal }), [path, ending]);
  const shown = list.data;
  const usable = shown !== null && !list.error && (wanted === "any" || shown.is_case) && (ending === "" || file !== "");
  const chosen = ending === "" ? (shown?.path ?? "") : file;
  const enter = (to: string) => {
    setTyped(null);
    setFile("");
    if (ending !== "" && to.toLowerCase().endsWith(ending)) onPick(to);
    else setPath(to);
  };
  const submit = () => {
    if (typed !== null && typed.trim() !== (shown?.path ?? "")) enter(typed.trim());
    else if (usable) onPick(chosen);
  };
  return (
    <Dialog
      title={title}
      wide
      onClose={onClose}
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>{t("parts.ask.cancel")}</Button>
          <Button kind="main" disabled={!usable} onClick={() => onPick(chosen)}>
            {verb}
          </Button>
        </>
      }
    >
      <Field label={t("parts.folder.path")} hint={shown && room(shown)}>
        {(props) => <input {...props} class={`${props.class} ${css["path"]}`} spellcheck={false} autocomplete="off" value={typed ?? shown?.path ?? path} onInput={(e) => setTyped(e.currentTarget.value)} />}
      </Field>
      {list.error ? <Failed error={list.error} retry={() => enter(shown?.path ?? "")} /> : !shown ? <Loading /> : <Folders list={shown} ending={ending} file={file} onEnter={enter} onFile={setFile} />}
      {shown && !list.error && wanted === "case" && !shown.is_case && <p class="dim">{t("parts.folder.noCase")}</p>}
    </Dialog>
  );
}

interface FoldersProps {
  list: FolderList;
  ending: string;
  file: string; // that is chosen
  onEnter: (path: string) => void;
  onFile: (path: string) => void;
}

function Folders({ list, ending, file, onEnter, onFile }: FoldersProps) {
  return (
    <div class={css["columns"]}>
      <ul class={css["places"]} aria-label={t("parts.folder.places")}>
        {list.places.map((f) => (
          <li key={f.path}>
            <button type="button" class={css["folder"]} aria-current={f.path === list.path || undefined} onClick={() => onEnter(f.path)}>
              <Scraped most={60}>{f.name}</Scraped>
            </button>
          </li>
        ))}
      </ul>
      <ul class={css["list"]} aria-label={t("parts.folder.list")}>
        {list.parent !== "" && (
          <li>
            <button type="button" class={css["folder"]} onClick={() => onEnter(list.parent)}>
              <Icon name="arrowUp" />
              {t("parts.folder.up")}
            </button>
          </li>
        )}
        {list.folders.map((f) => (
          <li key={f.path}>
            <button type="button" class={css["folder"]} onClick={() => onEnter(f.path)}>
              <Icon name="folder" />
              <span class={css["name"]}>
                <Scraped most={120}>{f.name}</Scraped>
              </span>
              {f.is_case && <span class={css["mark"]}>{t("parts.folder.case")}</span>}
            </button>
          </li>
        ))}
        {list.files.map((f) => (
          <li key={f.path}>
            <button type="button" class={css["folder"]} aria-pressed={f.path === file} onClick={() => onFile(f.path)}>
              <Icon name="document" />
              <span class={css["name"]}>
                <Scraped most={120}>{f.name}</Scraped>
              </span>
              <span class={css["mark"]}>{bytes(f.size)}</span>
            </button>
          </li>
        ))}
        {list.folders.length + list.files.length === 0 && <li class={css["none"]}>{t(ending === "" ? "parts.folder.none" : "parts.folder.noFile", { ending })}</li>}
        {list.left_off > 0 && <li class={css["none"]}>{t("parts.folder.leftOff", { n: list.left_off })}</li>}
      </ul>
    </div>
  );
}

// room says how much room a folder has, and what copies it elsewhere.
export function room(at: { free_bytes: number | null; synced: string }): string {
  const free = at.free_bytes === null ? "" : t("parts.folder.free", { free: bytes(at.free_bytes) });
  const synced = at.synced === "" ? "" : t("parts.folder.synced", { service: at.synced });
  return [free, synced].filter(Boolean).join(" ");
}
