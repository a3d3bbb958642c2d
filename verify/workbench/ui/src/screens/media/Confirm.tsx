import { useState } from "preact/hooks";
import { client, type Done } from "../../api.gen";
import { trying } from "../../done";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Field } from "../../parts/Field";
import { visible } from "../../parts/Scraped";
import { by as usualName } from "../../session";
import { t } from "../../text";
import css from "./Claims.module.css";
import { lines, local, position } from "./stated";
import { Save, type WritingProps } from "./Save";

const chips = ["shadow", "building", "satellite", "witness", "other", "clock", "weather"] as const;

// Grounds are why a person is sure, and who it is.
interface Grounds {
  reason: string;
  evidence: string;
  by: string;
}

// ConfirmTime takes a person's word on when the item was made.
export function ConfirmTime(p: WritingProps) {
  const [typed, setTyped] = useState({ local: "", zone: "" });
  const reading = local(typed.local);
  const claims = p.page.times.filter((c) => c.standing !== "unused" && c.standing !== "bounds").slice(0, 6);
  return (
    <Confirmation
      {...p}
      name="confirmTime"
      verb={t("media.confirm.saveTime")}
      right={reading !== null}
      act={(g) => client.confirmTime({ case: p.caseID, item: p.page.card.id, time: reading!, zone: typed.zone.trim(), ...g })}
    >
      {(tried) => (
        <>
          {claims.length > 0 && (
            <div class={css["chips"]} role="group" aria-label={t("media.confirmTime.from")}>
              <span class="dim">{t("media.confirmTime.from")}</span>
              {claims.map((c) => (
                <Button key={c.time.field + c.time.raw + c.time.zone} small title={visible(c.time.field, 120)} onClick={() => setTyped(takenOver(c.time.iso, c.time.earliest, c.time.zone))}>
                  {`${c.time.label}: ${c.time.text}`}
                </Button>
              ))}
            </div>
          )}
          <Field label={t("media.confirmTime.local")} hint={t("media.confirmTime.localHint")} error={(tried || typed.local.length > 18) && reading === null ? t("media.confirmTime.badLocal") : ""}>
            {(props) => <input {...props} autocomplete="off" spellcheck={false} maxLength={40} value={typed.local} onInput={(e) => setTyped({ ...typed, local: e.currentTarget.value })} />}
          </Field>
          <Field label={t("media.confirmTime.zone")} hint={t("media.confirmTime.zoneHint")}>
            {(props) => <input {...props} autocomplete="off" spellcheck={false} maxLength={64} value={typed.zone} onInput={(e) => setTyped({ ...typed, zone: e.currentTarget.value })} />}
          </Field>
        </>
      )}
    </Confirmation>
  );
}

// takenOver is a claim as a person would type it. Of a clock whose zone nobody
// knows the middle of its bounds is what it showed, but for an hour; so that is
// left for the person to type.
function takenOver(iso: string, earliest: string, zone: string): { local: string; zone: string } {
  if (iso !== "") return { local: iso.slice(0, 19).replace("T", " "), zone: zone === "Z" || /^[+-]/.test(zone) ? zone : "" };
  return { local: zone === "zone unknown" ? "" : earliest.slice(0, 10), zone: "" };
}

// ConfirmPlace takes a person's word on where it was made.
export function ConfirmPlace(p: WritingProps) {
  const best = p.page.places.find((c) => c.best)?.place;
  const first = best && best.latitude !== null && best.longitude !== null ? `${best.latitude.toFixed(5)}, ${best.longitude.toFixed(5)}` : "";
  const [typed, setTyped] = useState({ position: first, radius: best?.radius_m ? String(Math.round(best.radius_m)) : "", name: best?.name ?? "" });
  const at = position(typed.position);
  const radius = typed.radius.trim() === "" ? null : Number(typed.radius);
  const radiusRight = radius === null || (radius > 0 && radius <= 20_000_000);
  return (
    <Confirmation
      {...p}
      name="confirmPlace"
      verb={t("media.confirm.savePlace")}
      right={at !== null && radiusRight}
      act={(g) => client.confirmPlace({ case: p.caseID, item: p.page.card.id, ...at!, radius_m: radius, name: typed.name.trim(), ...g })}
    >
      {(tried) => (
        <>
          <Field label={t("media.confirmPlace.position")} hint={t("media.confirmPlace.positionHint")} error={tried && at === null ? t("media.confirmPlace.badPosition") : ""}>
            {(props) => <input {...props} autocomplete="off" spellcheck={false} maxLength={60} value={typed.position} onInput={(e) => setTyped({ ...typed, position: e.currentTarget.value })} />}
          </Field>
          <Field label={t("media.confirmPlace.radius")} error={radiusRight ? "" : t("media.confirmPlace.badRadius")}>
            {(props) => <input {...props} inputMode="numeric" autocomplete="off" maxLength={9} value={typed.radius} onInput={(e) => setTyped({ ...typed, radius: e.currentTarget.value })} />}
          </Field>
          <Field label={t("media.confirmPlace.name")}>{(props) => <input {...props} autocomplete="off" maxLength={200} dir="auto" value={typed.name} onInput={(e) => setTyped({ ...typed, name: e.currentTarget.value })} />}</Field>
        </>
      )}
    </Confirmation>
  );
}

interface ConfirmationProps extends WritingProps {
  name: "confirmTime" | "confirmPlace";
  verb: string;
  right: boolean; // what is stated can be meant
  act: (grounds: { reason: string; evidence: string[]; by: string }) => Promise<Done>;
  children: (tried: boolean) => preact.ComponentChildren;
}

// Confirmation asks for what is stated, why, what it rests on, and who says so.
function Confirmation({ caseID, onClose, name, verb, right, act, children }: ConfirmationProps) {
  const [grounds, setGrounds] = useState<Grounds>({ reason: "", evidence: "", by: usualName.value });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const evidence = lines(grounds.evidence);
  const lacks = { reason: grounds.reason.trim() === "", evidence: evidence.length === 0, by: grounds.by.trim() === "" };
  const save = async () => {
    setTried(true);
    if (!right || lacks.reason || lacks.evidence || lacks.by) return;
    setBusy(true);
    if (await trying(caseID, () => act({ reason: grounds.reason.trim(), evidence, by: grounds.by.trim() }))) onClose();
    else setBusy(false);
  };
  return (
    <Dialog title={t(`media.${name}.title`)} onClose={onClose} onSubmit={() => void save()} actions={<Save verb={verb} busy={busy} disabled={false} onClose={onClose} />}>
      <p>{t(`media.${name}.body`)}</p>
      {children(tried)}
      <div class={css["chips"]} role="group" aria-label={t("media.confirm.chips")}>
        {chips.map((chip) => {
          const words = t(`media.confirm.chip.${chip}`);
          return (
            <Button key={chip} small pressed={grounds.reason.split("; ").includes(words)} onClick={() => setGrounds({ ...grounds, reason: toggled(grounds.reason, words) })}>
              {words}
            </Button>
          );
        })}
      </div>
      <Field label={t("media.confirm.reason")} error={tried && lacks.reason ? t("media.confirm.needReason") : ""}>
        {(props) => <textarea {...props} rows={2} maxLength={4000} dir="auto" value={grounds.reason} onInput={(e) => setGrounds({ ...grounds, reason: e.currentTarget.value })} />}
      </Field>
      <Field label={t("media.confirm.evidence")} hint={t("media.confirm.evidenceHint")} error={tried && lacks.evidence ? t("media.confirm.needEvidence") : ""}>
        {(props) => <textarea {...props} rows={3} maxLength={20_000} dir="auto" value={grounds.evidence} onInput={(e) => setGrounds({ ...grounds, evidence: e.currentTarget.value })} />}
      </Field>
      <Field label={t("media.confirm.by")} error={tried && lacks.by ? t("media.confirm.needBy") : ""}>
        {(props) => <input {...props} autocomplete="off" maxLength={200} value={grounds.by} onInput={(e) => setGrounds({ ...grounds, by: e.currentTarget.value })} />}
      </Field>
    </Dialog>
  );
}

// toggled adds a reason that is often given, or takes it away.
function toggled(reason: string, words: string): string {
  const parts = reason.split("; ").filter((part) => part.trim() !== "");
  return (parts.includes(words) ? parts.filter((part) => part !== words) : [...parts, words]).join("; ");
}
