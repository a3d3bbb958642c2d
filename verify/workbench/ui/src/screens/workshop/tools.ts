// Where the tools of a task are in the learner's case.
import { address } from "../../router";

const places: Readonly<Record<string, string>> = { gallery: "media", compare: "compare", clusters: "clusters", incidents: "incidents" };

// toolAddress is where a tool is; the media page is that of an item, and the map
// is on the overview.
export function toolAddress(caseID: string, tool: string, item = ""): string {
  if (tool === "media") return address(caseID, "media", ...(item === "" ? [] : [item]));
  const place = places[tool];
  return place === undefined ? address(caseID) : address(caseID, place);
}

// pairAddress lays two items beside each other.
export function pairAddress(caseID: string, a: string, b: string): string {
  return `${address(caseID, "compare")}?${new URLSearchParams({ a, b })}`;
}
