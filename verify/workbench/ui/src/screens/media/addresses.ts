import { address } from "../../router";

// compareAddress shows two items beside each other, and goes on through the
// pairs of the first.
export function compareAddress(caseID: string, a: string, b: string): string {
  return `${address(caseID, "compare")}?${new URLSearchParams({ a, b, of: "item", id: a })}`;
}
