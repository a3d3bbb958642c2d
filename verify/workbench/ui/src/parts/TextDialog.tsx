// A question that is answered with a text: a note, tags, a description, a name.
import { useState } from "preact/hooks";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { Field } from "./Field";
import { Scraped } from "./Scraped";
import { t } from "../text";
import css from "./TextDialog.module.css";

interface Props {
  title: string;
  label: string;
  verb: string;
  most: number; // letters
  initial?: string;
  long?: boolean; // several lines
  empty?: boolean; // an empty text is an answer, too
  used?: readonly string[]; // pieces that can be put in, as tags in use
  usedLabel?: string;
  onText: (text: string) => void;
  onClose: () => void;
}

export function TextDialog({ title, label, verb, most, initial = "", long, empty, used = [], usedLabel, onText, onClose }: Props) {
  const [text, setText] = useState(initial);
  const answer = () => {
    if (empty || text.trim() !== "") onText(text.trim());
  };
  const pieces = text.split(",").map((one) => one.trim());
  const put = (piece: string) => {
    const rest = pieces.filter((one) => one !== "" && one !== piece);
    setText((pieces.includes(piece) ? rest : [...rest, piece]).join(", "));
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={answer}
      actions={
        <>
          <Button onClick={onClose}>{t("gallery.cancel")}</Button>
          <Button kind="main" type="submit" disabled={!empty && text.trim() === ""}>
            {verb}
          </Button>
        </>
      }
    >
      <Field label={label}>
        {(props) =>
          long ? (
            <textarea
              {...props}
              autofocus
              rows={4}
              maxLength={most}
              dir="auto"
              value={text}
              onInput={(e) => setText(e.currentTarget.value)}
              onKeyDown={(e) => {
                if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) answer();
              }}
            />
          ) : (
            <input {...props} autofocus autocomplete="off" maxLength={most} dir="auto" value={text} onInput={(e) => setText(e.currentTarget.value)} />
          )
        }
      </Field>
      {used.length > 0 && (
        <div class={css["used"]} role="group" aria-label={usedLabel}>
          {used.map((piece) => (
            <Button key={piece} small pressed={pieces.includes(piece)} onClick={() => put(piece)}>
              <Scraped most={100}>{piece}</Scraped>
            </Button>
          ))}
        </div>
      )}
    </Dialog>
  );
}
