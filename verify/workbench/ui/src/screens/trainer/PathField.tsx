// A path of this machine, typed or chosen from a list.
import { Button } from "../../parts/Button";
import { Field } from "../../parts/Field";
import css from "./Trainer.module.css";

interface Props {
  label: string;
  hint?: string;
  value: string;
  choose: string; // what the button that lists folders is called
  onInput: (path: string) => void;
  onChoose: () => void;
}

export function PathField({ label, hint, value, choose, onInput, onChoose }: Props) {
  return (
    <Field label={label} hint={hint}>
      {(props) => (
        <span class={css["path"]}>
          <input {...props} dir="ltr" spellcheck={false} autocomplete="off" maxLength={4000} value={value} onInput={(e) => onInput(e.currentTarget.value)} />
          <Button icon="folder" label={choose} onClick={onChoose} />
        </span>
      )}
    </Field>
  );
}
