// What a person decides on a group of copies.
import { client } from "../../api.gen";
import type { ClusterNode, ClusterOut } from "../../api.gen";
import { ApiError } from "../../client";
import { trying, undo } from "../../done";
import { askReason } from "../../parts/ask";
import { tellError } from "../../parts/Toast";
import { address, go } from "../../router";
import { t } from "../../text";

// chooseStanding lets a copy stand for its group; false when it was not done.
export async function chooseStanding(caseID: string, group: ClusterOut, node: ClusterNode): Promise<boolean> {
  const answer = await askReason({
    title: t("clusters.chooseTitle"),
    body: t("clusters.chooseBody", { n: group.row.copies }),
    chips: [t("clusters.chip.first"), t("clusters.chip.best"), t("clusters.chip.camera"), t("clusters.chip.whole")],
    verb: t("clusters.chooseVerb"),
  });
  if (!answer) return false;
  return trying(caseID, () => client.representative({ case: caseID, item: node.card.id, clear: false, ...answer }));
}

// takeOut says that a copy is none, and shows what is left.
export async function takeOut(caseID: string, group: ClusterOut, node: ClusterNode): Promise<boolean> {
  const answer = await askReason({
    title: t("clusters.takeOutTitle"),
    body: t("clusters.takeOutBody", { n: group.row.items - 1 }),
    chips: [t("clusters.chip.scene"), t("clusters.chip.content"), t("clusters.chip.template"), t("clusters.chip.burst")],
    verb: t("clusters.takeOutVerb"),
  });
  if (!answer || !(await trying(caseID, () => client.takeOut({ case: caseID, item: node.card.id, ...answer })))) return false;
  await follow(caseID, group, node.card.id);
  return true;
}

// follow shows what is left of a group: a group is named after one of its
// copies, and has another name without it.
async function follow(caseID: string, group: ClusterOut, without: string): Promise<void> {
  for (const rest of group.members.filter((m) => !m.beside && m.card.id !== without))
    try {
      const now = await client.cluster({ case: caseID, cluster: rest.card.id });
      if (now.row.id !== group.row.id) go(address(caseID, "clusters", now.row.id) + location.search, { replace: true });
      return;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
    }
  go(address(caseID, "clusters") + location.search, { replace: true });
}

// putBack undoes an earlier decision by its entry in the record.
export async function putBack(caseID: string, group: ClusterOut, entry: number): Promise<void> {
  try {
    await undo(caseID, entry);
    await follow(caseID, group, "");
  } catch (error) {
    tellError(error);
  }
}
