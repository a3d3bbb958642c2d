import { useState } from "preact/hooks";
import { client } from "../../api.gen";
import { trying } from "../../done";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Field } from "../../parts/Field";
import { Scraped, visible } from "../../parts/Scraped";
import { t } from "../../text";
import css from "./Claims.module.css";
import { ConfirmPlace, ConfirmTime } from "./Confirm";
import { Save, type WritingProps } from "./Save";
import { tagsIn } from "./stated";

// Write is what a person is about to write of the item.
export type Write = "note" | "description" | "tags" | "time" | "place";

// Writing asks for it, and records it.
export function Writing({ what, ...p }: WritingProps & { what: Write }) {
  switch (what) {
    case "note":
      return <Text {...p} name="note" first="" change={(note) => ({ note })} />;
    case "description":
      return <Text {...p} name="describe" first={p.page.card.described} change={(described) => ({ described })} empty />;
    case "tags":
      return <Tags {...p} />;
    case "time":
      return <ConfirmTime {...p} />;
    case "place":
      return <ConfirmPlace {...p} />;
  }
}

// Text is one text: a note, or the description of what is to be seen.
function Text({ caseID, page, onClose, name, first, change, empty }: WritingProps & { name: "note" | "describe"; first: string; change: (text: string) => object; empty?: boolean }) {
  const [text, setText] = useState(first);
  const [busy, setBusy] = useState(false);
  const ready = empty || text.trim() !== "";
  const save = async () => {
    if (!ready) return;
    setBusy(true);
    if (await trying(caseID, () => client.mark({ case: caseID, items: [page.card.id], ...change(text.trim()) }))) onClose();
    else setBusy(false);
  };
  return (
    <Dialog title={t(`media.${name}.title`)} onClose={onClose} onSubmit={() => void save()} actions={<Save verb={t(`media.${name}.save`)} busy={busy} disabled={!ready} onClose={onClose} />}>
      <Field label={t(`media.${name}.label`)} hint={t(`media.${name}.hint`)}>
        {(props) => (
          <textarea
            {...props}
            rows={5}
            maxLength={name === "note" ? 20_000 : 4_000}
            dir="auto"
            value={text}
            onInput={(e) => setText(e.currentTarget.value)}
            onKeyDown={(e) => {
              if (e.key === "Enter" && e.ctrlKey) void save();
            }}
          />
        )}
      </Field>
    </Dialog>
  );
}

function Tags({ caseID, page, onClose }: WritingProps) {
  const [text, setText] = useState("");
  const [dropped, setDropped] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const added = tagsIn(text).filter((tag) => !page.card.tags.includes(tag));
  const ready = added.length + dropped.length > 0;
  const save = async () => {
    if (!ready) return;
    setBusy(true);
    if (await trying(caseID, () => client.mark({ case: caseID, items: [page.card.id], add_tags: added, drop_tags: [...dropped] }))) onClose();
    else setBusy(false);
  };
  return (
    <Dialog title={t("media.tag.title")} onClose={onClose} onSubmit={() => void save()} actions={<Save verb={t("media.tag.save")} busy={busy} disabled={!ready} onClose={onClose} />}>
      <div class={css["tags"]}>
        {page.card.tags
          .filter((tag) => !dropped.includes(tag))
          .map((tag) => (
            <Button key={tag} small icon="close" title={t("media.tag.drop", { tag: visible(tag, 100) })} onClick={() => setDropped([...dropped, tag])}>
              <Scraped most={100}>{tag}</Scraped>
            </Button>
          ))}
      </div>
      <Field label={t("media.tag.label")} hint={t("media.tag.hint")}>
        {(props) => <input {...props} autocomplete="off" maxLength={1000} dir="auto" value={text} onInput={(e) => setText(e.currentTarget.value)} />}
      </Field>
    </Dialog>
  );
}
