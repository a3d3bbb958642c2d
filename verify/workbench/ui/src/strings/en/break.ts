import type { One } from "../../text";

export const calm = {
  "break.title": "Nothing needs you right now",
  "break.words": "Look out of a window, stand up, drink something. Everything is where you left it and softened again.",
  "break.contacts": "People to talk to",
  "break.contactsHint": "Names and numbers of colleagues, friends or a support line. Kept on this machine only.",
  "break.add": "Add people to talk to",
  "break.change": "Change",
  "break.keep": "Keep them",
  "break.back": "Back to where I was",
  "break.unrecorded": "Breaks are not recorded.",
} as const satisfies Record<string, One>;
