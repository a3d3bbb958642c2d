// What a person decides on incidents: each asks for the reason and who decides,
// and says so when an earlier decision stands against it.
import { client, type IncidentActIn, type IncidentOut } from "../../api.gen";
import { ApiError } from "../../client";
import { done, undo } from "../../done";
import { askReason } from "../../parts/ask";
import { sentence, tellError } from "../../parts/Toast";
import { t, type Key } from "../../text";

interface Question {
  title: string;
  body: string;
  chips: readonly Key[];
  verb: string;
}

const agrees: readonly Key[] = ["incidents.chip.place", "incidents.chip.time", "incidents.chip.object", "incidents.chip.single", "incidents.chip.contradicted"];
const differs: readonly Key[] = ["incidents.chip.otherPlace", "incidents.chip.otherDay", "incidents.chip.contradicted"];

const conflict = 409; // the status of what an earlier decision contradicts

// decide asks, acts, and asks once more where an earlier decision contradicts
// it. It tells whether it was done.
async function decide(caseID: string, act: Partial<IncidentActIn>, question: Question): Promise<boolean> {
  const answer = await askReason({ ...question, chips: question.chips.map((c) => t(c)) });
  if (!answer) return false;
  try {
    done(caseID, await client.decideIncident({ case: caseID, copies: true, ...act, ...answer }));
    return true;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== conflict) {
      tellError(error);
      return false;
    }
    return overrule(caseID, act, answer.reason, error);
  }
}

async function overrule(caseID: string, act: Partial<IncidentActIn>, reason: string, error: ApiError): Promise<boolean> {
  const again = await askReason({ title: t("incidents.clashTitle"), body: sentence(error.what), chips: [reason], verb: t("incidents.clashVerb") });
  if (!again) return false;
  try {
    done(caseID, await client.decideIncident({ case: caseID, copies: true, ...act, ...again, newer_wins: true }));
    return true;
  } catch (failure) {
    tellError(failure);
    return false;
  }
}

export function confirm(caseID: string, incident: string, members: number): Promise<boolean> {
  return decide(caseID, { act: "confirm", incident }, { title: t("incidents.confirmTitle", { id: incident, n: members }), body: t("incidents.confirmBody"), chips: agrees, verb: t("incidents.confirmVerb") });
}

export function reject(caseID: string, incident: string, members: number): Promise<boolean> {
  return decide(caseID, { act: "reject", incident }, { title: t("incidents.rejectTitle", { id: incident }), body: t("incidents.rejectBody", { n: members }), chips: [...differs, "incidents.chip.notEvent", "incidents.chip.single"], verb: t("incidents.rejectVerb") });
}

export function pin(caseID: string, incident: string, items: string[]): Promise<boolean> {
  return decide(caseID, { act: "pin", incident, items }, { title: t("incidents.pinTitle", { id: incident, n: items.length }), body: t("incidents.pinBody"), chips: agrees, verb: t("incidents.pinVerb") });
}

export function remove(caseID: string, incident: string, items: string[]): Promise<boolean> {
  return decide(caseID, { act: "remove", incident, items }, { title: t("incidents.removeTitle", { id: incident, n: items.length }), body: t("incidents.removeBody"), chips: differs, verb: t("incidents.removeVerb") });
}

// add puts an item into an incident. One that is counted elsewhere stays there
// and is shown here too.
export function add(caseID: string, incident: string, item: { id: string; name: string; incident: string }): Promise<boolean> {
  const elsewhere = item.incident !== "" && item.incident !== incident;
  return decide(
    caseID,
    { act: "add", incident, items: [item.id] },
    { title: t("incidents.addTitle", { name: item.name, id: incident }), body: elsewhere ? t("incidents.addElsewhere", { other: item.incident }) : t("incidents.addBody"), chips: agrees, verb: t("incidents.addVerb") },
  );
}

export function split(caseID: string, incident: string, items: string[]): Promise<boolean> {
  return decide(caseID, { act: "split", incident, items }, { title: t("incidents.splitAsk", { n: items.length, id: incident }), body: t("incidents.splitAskBody"), chips: differs, verb: t("incidents.splitAskVerb") });
}

export function merge(caseID: string, incident: string, other: string): Promise<boolean> {
  return decide(caseID, { act: "merge", incident, other }, { title: t("incidents.mergeAsk", { a: incident, b: other }), body: t("incidents.mergeAskBody"), chips: agrees, verb: t("incidents.mergeAskVerb") });
}

// keepApart says that an item is not of an incident, for whose first member it
// stands.
export function keepApart(caseID: string, group: IncidentOut, item: string): Promise<boolean> {
  const anchor = group.members.find((m) => m.counts)?.card.id;
  if (!anchor) return Promise.resolve(false);
  return decide(caseID, { act: "not-same-incident", items: [anchor, item] }, { title: t("incidents.keepApartTitle"), body: t("incidents.keepApartBody"), chips: differs, verb: t("incidents.keepApartVerb") });
}

// takeBack undoes an earlier decision by its entry in the record.
export async function takeBack(caseID: string, entry: number): Promise<void> {
  try {
    await undo(caseID, entry);
  } catch (error) {
    tellError(error);
  }
}
