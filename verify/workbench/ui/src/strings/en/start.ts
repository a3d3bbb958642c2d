import type { One } from "../../text";

export const start = {
  "start.title": "Welcome to Firsthand",
  "start.lead": "Four choices, all of which can be changed later in the settings. Everything stays on this machine.",
  "start.care": "Care",
  "start.careAsk": "How pictures are shown until you reveal one",
  "start.break": { one: "Suggest a break after {n} minute of reviewing", other: "Suggest a break after {n} minutes of reviewing" },
  "start.name": "Your name",
  "start.nameAsk": "Name or initials",
  "start.nameHint": "It stands beside your decisions in the record. Initials or a code will do.",
  "start.folder": "Where cases are kept",
  "start.folderAsk": "Folder",
  "start.colours": "Light or dark",
  "start.coloursAsk": "Dark is easier on the eyes in long sessions",
  "start.exercise": "Open the exercise case",
} as const satisfies Record<string, One>;
