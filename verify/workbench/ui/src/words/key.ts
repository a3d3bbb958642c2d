// The keys of all words of the page: those of English, of which each language has
// a translation (a test of verify/locale sees to it).
import type calm from "../../../../locale/messages/en/page/break.json";
import type cases from "../../../../locale/messages/en/page/cases.json";
import type checklist from "../../../../locale/messages/en/page/checklist.json";
import type client from "../../../../locale/messages/en/page/client.json";
import type clusters from "../../../../locale/messages/en/page/clusters.json";
import type compare from "../../../../locale/messages/en/page/compare.json";
import type frame from "../../../../locale/messages/en/page/frame.json";
import type gallery from "../../../../locale/messages/en/page/gallery.json";
import type imports from "../../../../locale/messages/en/page/import.json";
import type incidents from "../../../../locale/messages/en/page/incidents.json";
import type keys from "../../../../locale/messages/en/page/keys.json";
import type map from "../../../../locale/messages/en/page/map.json";
import type media from "../../../../locale/messages/en/page/media.json";
import type overview from "../../../../locale/messages/en/page/overview.json";
import type parts from "../../../../locale/messages/en/page/parts.json";
import type reports from "../../../../locale/messages/en/page/reports.json";
import type settings from "../../../../locale/messages/en/page/settings.json";
import type start from "../../../../locale/messages/en/page/start.json";
import type timeline from "../../../../locale/messages/en/page/timeline.json";
import type trainer from "../../../../locale/messages/en/page/trainer.json";
import type units from "../../../../locale/messages/en/page/units.json";
import type workshop from "../../../../locale/messages/en/page/workshop.json";

export type Key =
  | keyof typeof calm
  | keyof typeof cases
  | keyof typeof checklist
  | keyof typeof client
  | keyof typeof clusters
  | keyof typeof compare
  | keyof typeof frame
  | keyof typeof gallery
  | keyof typeof imports
  | keyof typeof incidents
  | keyof typeof keys
  | keyof typeof map
  | keyof typeof media
  | keyof typeof overview
  | keyof typeof parts
  | keyof typeof reports
  | keyof typeof settings
  | keyof typeof start
  | keyof typeof timeline
  | keyof typeof trainer
  | keyof typeof units
  | keyof typeof workshop;
