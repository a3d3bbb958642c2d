// A file of the case in a small picture, softened.
import type { Card } from "../../api.gen";
import { Evidence } from "../../parts/Evidence";
import css from "./Trainer.module.css";

export function Thumb({ case: caseID, card }: { case: string; card: Card }) {
  return (
    <span class={css["thumb"]}>
      <Evidence case={caseID} id={card.id} name={card.name} kind={card.kind} described={card.described} warning={card.warning} masked={card.masked} readable={card.readable} still />
    </span>
  );
}
