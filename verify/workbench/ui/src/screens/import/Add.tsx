import { useId, useState } from "preact/hooks";
import type { ScanIn, SourceIn, SourceRow } from "../../api.gen";
import { Button } from "../../parts/Button";
import { Check, Field } from "../../parts/Field";
import { FolderPicker } from "../../parts/FolderPicker";
import { Scraped } from "../../parts/Scraped";
import { zones } from "../../parts/zone";
import { t } from "../../text";
import { chosen, clashing, isWhole, tidied } from "./chosen";
import css from "./Import.module.css";

interface Props {
  known: readonly SourceRow[];
  main: boolean; // its button is the main one of the screen
  onStart: (order: Partial<ScanIn>) => Promise<boolean>;
}

const ways = ["", "embedded", "native", "off"] as const;

// Add is where folders are chosen, and what is known of each is said once.
export function Add({ known, main, onStart }: Props) {
  const [list, setList] = useState<SourceIn[]>([]);
  const [choosing, setChoosing] = useState(false);
  const [video, setVideo] = useState<(typeof ways)[number]>("");
  const [collect, setCollect] = useState(false);
  const [problem, setProblem] = useState("");
  const [starting, setStarting] = useState(false);

  const add = (text: string): boolean => {
    const dir = tidied(text);
    if (!isWhole(dir)) setProblem(t("import.path.whole"));
    else if (list.some((s) => s.dir === dir)) setProblem(t("import.twice"));
    else {
      setProblem("");
      setList([...list, chosen(dir, known)]);
      return true;
    }
    return false;
  };
  const change = (dir: string, with_: Partial<SourceIn>): void => setList(list.map((s) => (s.dir === dir ? { ...s, ...with_ } : s)));
  const start = async (): Promise<void> => {
    setStarting(true);
    if (await onStart({ sources: list, video, collect })) setList([]);
    setStarting(false);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    const text = event.dataTransfer?.getData("text/uri-list") || event.dataTransfer?.getData("text/plain") || "";
    const paths = text.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
    if (paths.length === 0) setProblem(t("import.drop"));
    else for (const path of paths) add(path);
  };

  return (
    <section class={css.add} aria-labelledby="import-add" onDragOver={(e) => e.preventDefault()} onDrop={drop}>
      <h2 id="import-add">{t("import.add")}</h2>
      <p class={css.intro}>{t("import.intro")}</p>
      <div class={css.ways}>
        <Button icon="folder" kind={main && list.length === 0 ? "main" : "line"} onClick={() => setChoosing(true)}>
          {t("import.choose")}
        </Button>
        <Paste onAdd={add} problem={problem} />
      </div>
      {list.map((s) => (
        <One key={s.dir} source={s} clash={clashing(s, known)} onChange={(with_) => change(s.dir, with_)} onRemove={() => setList(list.filter((o) => o.dir !== s.dir))} />
      ))}
      {list.length > 0 && (
        <div class={css.begin}>
          <Field label={t("import.video")}>
            {(props) => (
              <select {...props} value={video} onChange={(e) => setVideo(ways.find((w) => w === e.currentTarget.value) ?? "")}>
                <option value="">{t("import.video.auto")}</option>
                <option value="embedded">{t("import.video.embedded")}</option>
                <option value="native">{t("import.video.native")}</option>
                <option value="off">{t("import.video.off")}</option>
              </select>
            )}
          </Field>
          <Check label={t("import.collect")} hint={t("import.collect.hint")} checked={collect} onChange={setCollect} />
          <Button kind={main ? "main" : "line"} busy={starting} onClick={() => void start()}>
            {t("import.start", { n: list.length })}
          </Button>
        </div>
      )}
      {choosing && (
        <FolderPicker
          title={t("import.choose.title")}
          verb={t("import.choose.verb")}
          onClose={() => setChoosing(false)}
          onPick={(path) => {
            setChoosing(false);
            add(path);
          }}
        />
      )}
      <datalist id="import-zones">
        {zones().map((z) => (
          <option key={z} value={z} />
        ))}
      </datalist>
    </section>
  );
}

// Paste takes a path that a person has from elsewhere.
function Paste({ onAdd, problem }: { onAdd: (path: string) => boolean; problem: string }) {
  const [text, setText] = useState("");
  return (
    <form
      class={css.paste}
      onSubmit={(e) => {
        e.preventDefault();
        if (text.trim() !== "" && onAdd(text)) setText("");
      }}
    >
      <Field label={t("import.path")} error={problem}>
        {(props) => (
          <span class={css.row}>
            <input {...props} class={`${props.class} ${css.mono}`} value={text} spellcheck={false} autocomplete="off" onInput={(e) => setText(e.currentTarget.value)} />
            <Button type="submit">{t("import.path.add")}</Button>
          </span>
        )}
      </Field>
    </form>
  );
}

interface OneProps {
  source: SourceIn;
  clash: SourceRow | undefined;
  onChange: (with_: Partial<SourceIn>) => void;
  onRemove: () => void;
}

// One is a chosen folder with what is known of it.
function One({ source, clash, onChange, onRemove }: OneProps) {
  const id = useId();
  return (
    <div class={css.one} role="group" aria-labelledby={id}>
      <div class={css.oneHead}>
        <span id={id} class={css.dir}>
          <Scraped most={300}>{source.dir}</Scraped>
        </span>
        <Button kind="quiet" small icon="close" label={t("import.remove")} onClick={onRemove} />
      </div>
      <div class={css.fields}>
        <Field label={t("import.name")} hint={t("import.name.hint")}>
          {(props) => <input {...props} value={source.name} maxLength={200} autocomplete="off" onInput={(e) => onChange({ name: e.currentTarget.value })} />}
        </Field>
        <ZoneField value={source.zone} onInput={(zone) => onChange({ zone })} />
        <div class={css.wide}>
          <ObtainedField value={source.obtained} onInput={(obtained) => onChange({ obtained })} />
        </div>
        {clash && (
          <div class={css.wide}>
            <Check label={t("import.moved")} hint={clash.dir} checked={source.moved} onChange={(moved) => onChange({ moved })} />
          </div>
        )}
      </div>
    </div>
  );
}

// ZoneField takes the zone of a source's clocks, if somebody knows it.
export function ZoneField({ value, onInput }: { value: string; onInput: (zone: string) => void }) {
  return (
    <Field label={t("import.zone")} hint={t("import.zone.hint")}>
      {(props) => <input {...props} list="import-zones" value={value} placeholder={t("import.zone.place")} autocomplete="off" spellcheck={false} onInput={(e) => onInput(e.currentTarget.value.trim())} />}
    </Field>
  );
}

// ObtainedField takes how files came here.
export function ObtainedField({ value, onInput }: { value: string; onInput: (text: string) => void }) {
  return (
    <Field label={t("import.obtained")} hint={t("import.obtained.hint")}>
      {(props) => <textarea {...props} rows={2} maxLength={2000} dir="auto" value={value} onInput={(e) => onInput(e.currentTarget.value)} />}
    </Field>
  );
}
