import type { NextStep } from "../../api.gen";
import { address } from "../../router";

// gallery is the address of the files that a filter finds.
export function gallery(id: string, filter: string): string {
  return address(id, "media") + (filter === "" ? "" : "?filter=" + encodeURIComponent(filter));
}

// stepAddress is where a next step is done.
export function stepAddress(id: string, step: NextStep): string {
  switch (step.code) {
    case "triage":
      return gallery(id, "-reviewed");
    case "unreadable":
      return gallery(id, "problem:unreadable");
    case "incidents":
      return address(id, "incidents");
    case "clusters":
      return address(id, "clusters");
    case "checklist":
      return address(id, "checklist");
    case "report":
      return address(id, "reports");
    case "zones":
    case "folders":
      return address(id, "import") + "#sources";
  }
  return address(id, "import");
}

// quoted writes a name as the filter language takes it.
export function quoted(name: string): string {
  return /^[\p{L}\p{N}_.-]+$/u.test(name) ? name : `"${name.replace(/["\\]/g, "\\$&")}"`;
}
