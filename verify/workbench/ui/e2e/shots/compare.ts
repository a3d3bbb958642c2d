import { press } from "../harness";
import { compareAddress, first, item, pair, pictured, revealed } from "../finding";
import type { Shot } from "../shots.run";
import type { ComparePage } from "../../src/api.gen";

const laid = (about: ComparePage) => about.shared?.a_to_b != null && about.shared.changed_a.length > 0;
const crop = (about: ComparePage) => about.shared?.a_to_b != null && about.shared.relation === "part" && about.a.kind === "image" && about.b.kind === "image";
const videos = (about: ComparePage) => (about.shared?.stretches.length ?? 0) > 0;
const scene = (about: ComparePage) => about.shared?.relation === "same_scene";

export const shots: Shot[] = [
  { name: "compare-side", path: async (o) => compareAddress(await pair(o, laid)), steps: async (page) => press(page, "e") },
  { name: "compare-side-revealed", path: async (o) => compareAddress(await pair(o, crop)), reveal: true, steps: revealed },
  { name: "compare-near", path: async (o) => compareAddress(await pair(o, crop)), reveal: true, steps: async (page) => {
      await revealed(page);
      await press(page, "+", "+", "+", "+");
      await pictured(page);
    } },
  { name: "compare-slider", path: async (o) => compareAddress(await pair(o, laid), { mode: "slider" }), reveal: true, steps: revealed },
  { name: "compare-flicker", path: async (o) => compareAddress(await pair(o, laid), { mode: "flicker" }) },
  { name: "compare-difference", path: async (o) => compareAddress(await pair(o, laid), { mode: "difference" }), reveal: true, steps: revealed },
  { name: "compare-videos", path: async (o) => compareAddress(await pair(o, videos)), steps: pictured },
  { name: "compare-scene", path: async (o) => compareAddress(await pair(o, scene)) },
  { name: "compare-nothing", path: async (o) => compareAddress({ a: await item(o, "type:image"), b: await item(o, "type:video") }) },
  { name: "compare-empty", path: "compare" },
  { name: "compare-loading", path: async (o) => compareAddress(await first(o)), hold: /\/api\/.*\/compare\?/ },
  { name: "compare-error", path: async (o) => compareAddress(await first(o)), fail: /\/api\/.*\/compare\?/ },
];
