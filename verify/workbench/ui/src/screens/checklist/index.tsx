// The checklist: what a person records when they verify one item, the blind
// second review beside it, and how well reviewers agree over the case.
import type { Route } from "../../router";
import { List } from "./List";
import { Sheet } from "./Sheet";

export default function Checklist({ case: caseID, id }: Route) {
  if (id === "") return <List case={caseID} />;
  return <Sheet key={id} case={caseID} id={id} />;
}
