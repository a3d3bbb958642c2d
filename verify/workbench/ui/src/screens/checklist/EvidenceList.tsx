// What an answer rests on: addresses, moments, parts of the picture, satellite
// pictures. An address is text to copy; it is never opened from here.
import { useState } from "preact/hooks";
import type { Evidence } from "../../api.gen";
import { Button } from "../../parts/Button";
import { Copy } from "../../parts/Copy";
import { Said } from "../../parts/Scraped";
import { t } from "../../text";
import { kinds, written, type EvidenceKind } from "./evidence";
import css from "./Question.module.css";

interface Props {
  list: readonly Evidence[];
  can: boolean;
  onChange: (list: string[]) => void; // as the program takes them
}

export function EvidenceList({ list, can, onChange }: Props) {
  return (
    <div class={css["evidence"]}>
      {list.length > 0 && (
        <ul aria-label={t("checklist.evidence")}>
          {list.map((e, i) => (
            <li key={e.text}>
              <Said most={300}>{e.words}</Said>
              {e.text.startsWith("url=") && <Copy text={e.words} what="link" />}
              {can && <Button small kind="quiet" icon="close" label={t("checklist.evidence.remove", { what: e.words.slice(0, 60) })} onClick={() => onChange(list.filter((_, k) => k !== i).map((x) => x.text))} />}
            </li>
          ))}
        </ul>
      )}
      {can && <Adding onAdd={(text) => onChange([...list.map((x) => x.text), text])} />}
    </div>
  );
}

function Adding({ onAdd }: { onAdd: (text: string) => void }) {
  const [kind, setKind] = useState<EvidenceKind | null>(null);
  const [words, setWords] = useState("");
  const [tried, setTried] = useState(false);
  if (!kind)
    return (
      <Button small kind="quiet" icon="add" onClick={() => setKind("url")}>
        {t("checklist.evidence.add")}
      </Button>
    );
  const text = written(kind, words);
  const close = () => {
    setKind(null);
    setWords("");
    setTried(false);
  };
  const add = () => {
    setTried(true);
    if (text === null) return;
    onAdd(text);
    close();
  };
  const help = t(`checklist.evidence.${kind}.help`);
  return (
    <form
      class={css["adding"]}
      onSubmit={(e) => {
        e.preventDefault();
        add();
      }}
    >
      <select aria-label={t("checklist.evidence.kind")} value={kind} onChange={(e) => setKind(e.currentTarget.value as EvidenceKind)}>
        {kinds.map((k) => (
          <option key={k} value={k}>
            {t(`checklist.evidence.${k}`)}
          </option>
        ))}
      </select>
      <input autofocus aria-label={help} aria-invalid={tried && text === null ? "true" : undefined} placeholder={help} maxLength={2000} spellcheck={false} autocomplete="off" value={words} onInput={(e) => setWords(e.currentTarget.value)} onKeyDown={(e) => e.key === "Escape" && close()} />
      <Button small type="submit">
        {t("checklist.evidence.take")}
      </Button>
      <Button small kind="quiet" onClick={close}>
        {t("parts.ask.cancel")}
      </Button>
      {tried && text === null && (
        <span class={css["wrong"]} role="alert">
          {t("checklist.evidence.wrong", { help })}
        </span>
      )}
    </form>
  );
}
