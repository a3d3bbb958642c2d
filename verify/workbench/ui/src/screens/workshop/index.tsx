// Exercises: those that can be begun, and the one that is worked at, task by
// task, until it is handed in and the key stands beside the answers.
import type { Route } from "../../router";
import { Learner } from "./Learner";
import { List } from "./List";

export default function Workshop({ case: caseID, id }: Route) {
  return caseID === "" ? <List /> : <Learner case={caseID} task={id} />;
}
