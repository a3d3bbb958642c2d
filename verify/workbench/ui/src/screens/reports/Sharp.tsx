// Pictures that are shown as they are: each is ticked by hand, seen softened
// while it is chosen. What a person covered in one stays covered.
import type { HandOn } from "../../api.gen";
import { Evidence } from "../../parts/Evidence";
import { Check } from "../../parts/Field";
import { Scraped } from "../../parts/Scraped";
import { t } from "../../text";
import { toggled, type Choice } from "./form";
import css from "./Preview.module.css";

interface Props {
  case: string;
  made: HandOn;
  choice: Choice;
  onChange: (some: Partial<Choice>) => void;
}

export function Sharp({ case: caseID, made, choice, onChange }: Props) {
  return (
    <fieldset class={css["sharp"]}>
      <legend>{t("reports.sharp", { n: choice.sharp.length })}</legend>
      <p class={css["hint"]}>{t("reports.sharp.each")}</p>
      {made.pictures.length === 0 && <p class="dim">{t("reports.sharp.none")}</p>}
      <ul class={css["pictures"]}>
        {made.pictures.map((card) => (
          <li key={card.id}>
            <span class={css["thumb"]}>
              <Evidence case={caseID} id={card.id} name={card.name} kind={card.kind} described={card.described} warning={card.warning} warningBy={card.warning_by} masked={card.masked} readable={card.readable} still />
            </span>
            <Check
              label={<Scraped most={60}>{card.name}</Scraped>}
              hint={[card.warning === "" || card.warning === "none" ? "" : t(`reports.warning.${card.warning as "severe"}`), card.masked ? t("reports.sharp.masked") : ""].filter(Boolean).join(" · ")}
              checked={choice.sharp.includes(card.id)}
              onChange={(on) => onChange({ sharp: toggled(choice.sharp, card.id, on) })}
            />
          </li>
        ))}
      </ul>
      {made.more_pictures > 0 && <p class="dim">{t("reports.more", { n: made.more_pictures })}</p>}
    </fieldset>
  );
}
