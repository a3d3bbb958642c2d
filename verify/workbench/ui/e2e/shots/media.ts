import { press } from "../harness";
import { item, pictured, revealed } from "../finding";
import type { Shot } from "../shots.run";

const photo = "type:image has:place";
const video = "type:video";

export const shots: Shot[] = [
  { name: "media-photo", path: async (o) => `media/${await item(o, photo)}?filter=${encodeURIComponent(photo)}` },
  { name: "media-explained", path: async (o) => `media/${await item(o, photo)}`, steps: async (page) => press(page, "e") },
  { name: "media-copies", path: async (o) => `media/${await item(o, "copies:>1")}`, steps: async (page) => press(page, "d") },
  { name: "media-video", path: async (o) => `media/${await item(o, video)}`, steps: pictured },
  {
    name: "media-near",
    path: async (o) => `media/${await item(o, photo)}`,
    reveal: true,
    steps: async (page) => {
      await revealed(page);
      await press(page, "+", "+", "+");
      await pictured(page);
    },
  },
  {
    name: "media-video-revealed",
    path: async (o) => `media/${await item(o, video)}`,
    reveal: true,
    steps: async (page) => {
      await revealed(page);
      await press(page, ".", ".");
      await pictured(page);
    },
  },
  { name: "media-metadata", path: async (o) => `media/${await item(o, photo)}`, steps: async (page) => page.getByRole("link", { name: "Metadata" }).click() },
  { name: "media-history", path: async (o) => `media/${await item(o, photo)}`, steps: async (page) => page.getByRole("link", { name: "History" }).click() },
  { name: "media-confirm-time", path: async (o) => `media/${await item(o, photo)}`, steps: async (page) => page.getByRole("button", { name: "Confirm a time" }).click() },
  { name: "media-posts", path: async (o) => `media/${await item(o, "type:image has:caption copies:>1")}`, steps: async (page) => page.getByRole("link", { name: "Where it was seen" }).click() },
  { name: "media-no-panel", path: async (o) => `media/${await item(o, photo)}`, steps: async (page) => press(page, "i") },
  { name: "media-unreadable", path: async (o) => `media/${await item(o, "problem:unreadable")}` },
  { name: "media-missing", path: `media/${"0".repeat(64)}` },
  { name: "media-loading", path: async (o) => `media/${await item(o, photo)}`, hold: /\/api\/case\/[^/]+\/media\// },
  { name: "media-error", path: async (o) => `media/${await item(o, photo)}`, fail: /\/api\/case\/[^/]+\/media\/[0-9a-f]+$/ },
];
