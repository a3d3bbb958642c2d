// The conclusion with its limits, what is missing for "verified", and handing
// the sheet in.
import { useState } from "preact/hooks";
import { client, type Checklist, type SheetIn } from "../../api.gen";
import { trying } from "../../done";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Check } from "../../parts/Field";
import { Menu } from "../../parts/Menu";
import { t } from "../../text";
import css from "./Question.module.css";

interface Props {
  case: string;
  sheet: Checklist;
  open: number; // questions without an answer
}

export function Conclude({ case: caseID, sheet, open }: Props) {
  const kept = { conclusion: sheet.conclusion, limits: sheet.limits };
  const [typed, setTyped] = useState<Partial<typeof kept>>({});
  const [asking, setAsking] = useState(false);
  const now = { ...kept, ...typed };
  const changed = now.conclusion !== kept.conclusion || now.limits.trim() !== kept.limits;
  const say = (what: Partial<SheetIn>) => trying(caseID, () => client.assess({ case: caseID, id: sheet.card.id, ...what }));
  const record = async () => {
    if (await say({ conclusion: now.conclusion, limits: now.limits.trim() })) setTyped({});
  };
  return (
    <section class={css["section"]} aria-labelledby="conclusion">
      <header class={css["heading"]}>
        <h2 id="conclusion">{t("checklist.conclusion")}</h2>
        <p class={css["help"]}>{t("checklist.conclusion.hint")}</p>
      </header>
      <div class={css["card"]}>
        <Lacks sheet={sheet} />
        <div class={css["claim"]}>
          <label>
            <span class={css["label"]}>{t("checklist.conclude")}</span>
            <select disabled={!sheet.can_write} value={now.conclusion} onChange={(e) => setTyped({ ...typed, conclusion: e.currentTarget.value })}>
              <option value="">{t("checklist.notConcluded")}</option>
              {sheet.choices.conclusions.map((c) => (
                <option key={c.id} value={c.id}>
                  {c.help ? `${c.text}: ${c.help}` : c.text}
                </option>
              ))}
            </select>
          </label>
          <label class={css["bases"]}>
            <span class={css["label"]}>{t("checklist.limits")}</span>
            <textarea rows={3} readOnly={!sheet.can_write} maxLength={10_000} value={now.limits} onInput={(e) => setTyped({ ...typed, limits: e.currentTarget.value })} />
          </label>
        </div>
        <div class={css["acts"]}>
          {sheet.can_write && changed && <Button onClick={() => void record()}>{t("checklist.record.conclusion")}</Button>}
          {sheet.can_write && (
            <Button kind="main" disabled={sheet.conclusion === "" || changed} title={sheet.conclusion === "" ? t("checklist.handIn.needs") : undefined} onClick={() => setAsking(true)}>
              {t("checklist.handIn")}
            </Button>
          )}
          {sheet.handed_entry !== 0 && <Button onClick={() => void say({ take_back: sheet.handed_entry })}>{t("checklist.takeBack")}</Button>}
          <More sheet={sheet} say={say} />
        </div>
        {sheet.can_write && sheet.conclusion === "" && !changed && <p class={css["help"]}>{t("checklist.handIn.needs")}</p>}
      </div>
      {asking && <HandIn sheet={sheet} open={open} onClose={() => setAsking(false)} say={say} />}
    </section>
  );
}

// Lacks says what this sheet's claims lack for "verified".
function Lacks({ sheet }: { sheet: Checklist }) {
  if (sheet.lacks.length === 0) return <p class={css["carries"]}>{t("checklist.carries")}</p>;
  return (
    <div class={css["lacks"]}>
      <p>{t("checklist.lacks")}</p>
      <ul>
        {sheet.lacks.map((l) => (
          <li key={l}>{l}</li>
        ))}
      </ul>
    </div>
  );
}

type Say = (what: Partial<SheetIn>) => Promise<boolean>;

// More are steps of the review that are seldom taken.
function More({ sheet, say }: { sheet: Checklist; say: Say }) {
  const items = [
    ...(sheet.round === 1 && !sheet.single && sheet.open ? [{ text: t("checklist.single"), onPick: () => void say({ single: true }) }] : []),
    ...(!sheet.open && sheet.state !== "" ? [{ text: t("checklist.reopen"), onPick: () => void say({ reopen: true }) }] : []),
  ];
  return items.length > 0 ? <Menu kind="quiet" label={t("checklist.more.acts")} items={items} /> : null;
}

function HandIn({ sheet, open, onClose, say }: { sheet: Checklist; open: number; onClose: () => void; say: Say }) {
  const [single, setSingle] = useState(false);
  const hand = async () => {
    onClose();
    await say({ done: true, single });
  };
  return (
    <Dialog
      title={t("checklist.handIn.title", { conclusion: sheet.conclusion.replaceAll("_", " ") })}
      onClose={onClose}
      onSubmit={() => void hand()}
      actions={
        <>
          <Button onClick={onClose}>{t("parts.ask.cancel")}</Button>
          <Button kind="main" type="submit">
            {t("checklist.handIn")}
          </Button>
        </>
      }
    >
      <p>{open > 0 ? t("checklist.handIn.open", { n: open }) : t("checklist.handIn.all")}</p>
      <p>{t(sheet.round === 1 ? "checklist.handIn.first" : sheet.round === 2 ? "checklist.handIn.second" : "checklist.handIn.third")}</p>
      {sheet.round === 1 && !sheet.single && <Check label={t("checklist.single")} hint={t("checklist.single.hint")} checked={single} onChange={setSingle} />}
    </Dialog>
  );
}
