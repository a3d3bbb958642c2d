// Marks for the care of who looks and of who is shown, as a person changes them.
import type { ItemMarks, MarksIn } from "../../api.gen";

const notSensitive = "Not Sensitive"; // stands alone

// toggled adds or takes away a value; that nothing is sensitive stands alone.
export function toggled(list: readonly string[], value: string, on: boolean): string[] {
  const others = list.filter((v) => v !== value);
  if (!on) return others;
  return value === notSensitive ? [value] : [...others.filter((v) => v !== notSensitive), value];
}

// said are the marks that were changed; null leaves the others as they are.
export function said(typed: Partial<ItemMarks>): MarksIn {
  return {
    graphic: typed.graphic ?? null,
    sensitivity: typed.sensitivity ?? null,
    restriction: typed.restriction ?? null,
    faces: typed.faces ?? null,
    consent: typed.consent ?? null,
    rights_owner: typed.rights_owner ?? null,
    rights: typed.rights ?? null,
    creator_willing: typed.creator_willing ?? null,
  };
}
