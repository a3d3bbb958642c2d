import { fill, fillBlind, first, second, someItem } from "../reviewing";
import type { Shot } from "../shots.run";

const sheets = /\/api\/case\/[^/]+\/checklist/;

export const shots: Shot[] = [
  { name: "checklist-list-empty", path: "checklist" },
  { name: "checklist-empty", path: async (o) => `checklist/${await someItem(o)}` },
  { name: "checklist-loading", path: async (o) => `checklist/${await someItem(o)}`, hold: sheets },
  { name: "checklist-error", path: async (o) => `checklist/${await someItem(o)}`, fail: sheets },
  {
    name: "checklist-partly",
    path: async (o) => {
      const item = await someItem(o);
      await fill(o, item, first, false).catch(() => undefined); // filled by the picture before
      return `checklist/${item}?q=E2`;
    },
    steps: async (page) => {
      await page.locator("#q-E2").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "checklist-claims",
    path: async (o) => `checklist/${await someItem(o)}`,
    steps: async (page) => {
      await page.locator("#conclusion").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "checklist-both",
    path: async (o) => {
      const item = await someItem(o, 2);
      await fill(o, item, first, true)
        .then(() => fillBlind(o, item, second))
        .catch(() => undefined);
      return `checklist/${item}`;
    },
  },
  { name: "checklist-list", path: "checklist" },
];
