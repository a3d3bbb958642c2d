// A text of the exercise in the language that is written in. Where that is empty,
// the text of another language stands under it.
import { Field } from "../../parts/Field";
import { inWords, Worded, type Words } from "../../parts/Worded";
import { t } from "../../text";
import { blank, withWord, wordIn } from "./plan";

interface Props {
  label: string;
  hint?: string;
  words: Words;
  language: string;
  onChange: (words: Record<string, string>) => void;
  rows?: number; // of a text of several lines
  most?: number; // characters
}

export function WordField({ label, hint, words, language, onChange, rows, most = rows ? 10_000 : 300 }: Props) {
  const text = wordIn(words, language);
  const other = text === "" && !blank(words);
  const told = other ? (
    <span>
      {t("trainer.otherLanguage", { language: inWords(words).lang })} <Worded words={words} most={300} />
    </span>
  ) : (
    hint
  );
  const write = (next: string) => onChange(withWord(words, language, next));
  return (
    <Field label={label} hint={told}>
      {(props) =>
        rows ? (
          <textarea {...props} dir="auto" lang={language} rows={rows} maxLength={most} value={text} onInput={(e) => write(e.currentTarget.value)} />
        ) : (
          <input {...props} dir="auto" lang={language} maxLength={most} autocomplete="off" value={text} onInput={(e) => write(e.currentTarget.value)} />
        )
      }
    </Field>
  );
}
