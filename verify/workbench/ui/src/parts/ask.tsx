// Questions that an act needs answered first: the reason, and who decided.
import { signal } from "@preact/signals";
import { useRef, useState } from "preact/hooks";
import { by as usualName } from "../session";
import { t } from "../text";
import css from "./ask.module.css";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { Field } from "./Field";

interface Question {
  title: string; // what will happen, and to how many
  body?: string;
  chips: readonly string[]; // reasons that are often given
  verb: string; // on the button that does it
  optional?: boolean; // the reason may be left out
}

export interface Answer {
  reason: string;
  by: string;
}

const asked = signal<(Question & { answer: (a: Answer | null) => void }) | null>(null);

// askReason asks why, and who decides; null when the person thinks better of it.
export function askReason(question: Question): Promise<Answer | null> {
  asked.value?.answer(null);
  return new Promise((answer) => {
    asked.value = {
      ...question,
      answer: (a) => {
        asked.value = null;
        answer(a);
      },
    };
  });
}

// Asking shows the question that is open; it stands once, in the frame.
export function Asking() {
  const question = asked.value;
  return question && <ReasonDialog key={question.title} {...question} />;
}

function ReasonDialog({ title, body, chips, verb, optional, answer }: Question & { answer: (a: Answer | null) => void }) {
  const [reason, setReason] = useState("");
  const [name, setName] = useState(usualName.value);
  const [tried, setTried] = useState(false);
  const text = useRef<HTMLTextAreaElement>(null);
  const parts = reason.split("; ");
  const missing = { reason: !optional && reason.trim() === "", by: name.trim() === "" };
  const toggle = (chip: string) => {
    const without = parts.filter((p) => p !== chip && p.trim() !== "");
    setReason((parts.includes(chip) ? without : [...without, chip]).join("; "));
  };
  const decide = () => {
    setTried(true);
    if (!missing.reason && !missing.by) answer({ reason: reason.trim(), by: name.trim() });
    else if (missing.reason) text.current?.focus();
  };
  return (
    <Dialog
      title={title}
      onClose={() => answer(null)}
      onSubmit={decide}
      actions={
        <>
          <Button onClick={() => answer(null)}>{t("parts.ask.cancel")}</Button>
          <Button kind="main" type="submit">
            {verb}
          </Button>
        </>
      }
    >
      {body && <p>{body}</p>}
      {chips.length > 0 && (
        <div class={css["chips"]} role="group" aria-label={t("parts.ask.chips")}>
          {chips.map((chip) => (
            <Button key={chip} small pressed={parts.includes(chip)} onClick={() => toggle(chip)}>
              {chip}
            </Button>
          ))}
        </div>
      )}
      <Field label={optional ? t("parts.ask.reasonOptional") : t("parts.ask.reason")} error={tried && missing.reason ? t("parts.ask.needReason") : ""}>
        {(props) => (
          <textarea
            {...props}
            ref={text}
            rows={3}
            maxLength={2000}
            value={reason}
            onInput={(e) => setReason(e.currentTarget.value)}
            onKeyDown={(e) => {
              if (e.key === "Enter" && e.ctrlKey) decide();
            }}
          />
        )}
      </Field>
      <Field label={t("parts.ask.by")} hint={t("parts.ask.byHint")} error={tried && missing.by ? t("parts.ask.needBy") : ""}>
        {(props) => <input {...props} autocomplete="off" maxLength={200} value={name} onInput={(e) => setName(e.currentTarget.value)} />}
      </Field>
    </Dialog>
  );
}
