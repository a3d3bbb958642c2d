import { frame } from "./frame";
import { parts } from "./parts";
import { cases } from "./cases";
import { start } from "./start";
import { settings } from "./settings";
import { calm } from "./break";
import { overview } from "./overview";
import { imports } from "./import";
import { gallery } from "./gallery";
import { media } from "./media";
import { compare } from "./compare";
import { clusters } from "./clusters";
import { incidents } from "./incidents";
import { checklist } from "./checklist";
import { reports } from "./reports";
import { map } from "./map";
import { timeline } from "./timeline";
import { keys } from "./keys";

// en is the catalogue of English.
export const en = {
  ...frame,
  ...parts,
  ...cases,
  ...start,
  ...settings,
  ...calm,
  ...overview,
  ...imports,
  ...gallery,
  ...media,
  ...compare,
  ...clusters,
  ...incidents,
  ...checklist,
  ...reports,
  ...map,
  ...timeline,
  ...keys,
} as const;
