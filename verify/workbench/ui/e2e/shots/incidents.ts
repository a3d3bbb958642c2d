import type { Page } from "playwright-core";
import { press } from "../harness";
import type { Shot } from "../shots.run";

const none = { incidents: [], candidates: 0, confirmed: 0, rejected: 0, changes: 0 };

async function dialog(page: Page, ...keys: string[]): Promise<void> {
  await page.waitForSelector("[role=listbox][aria-multiselectable]");
  await press(page, ...keys);
  await page.waitForSelector("dialog[open]");
  await page.waitForTimeout(500);
}

export const shots: Shot[] = [
  { name: "incidents-full", path: "incidents?sort=sources", steps: async (page) => void (await page.waitForSelector("[role=listbox][aria-multiselectable]")) },
  {
    name: "incidents-members",
    path: "incidents?sort=sources",
    steps: async (page) => {
      await page.waitForSelector("[role=listbox][aria-multiselectable]");
      await press(page, "ArrowRight", "Space", "ArrowRight", "Space");
      await page.getByRole("heading", { name: "Why these belong together" }).scrollIntoViewIfNeeded();
    },
  },
  { name: "incidents-split", path: "incidents?sort=sources", steps: (page) => dialog(page, "ArrowRight", "Space", "s") },
  {
    name: "incidents-merge",
    path: "incidents?sort=sources",
    steps: async (page) => {
      await dialog(page, "m");
      await page.keyboard.type("2025");
      await page.waitForTimeout(600);
      await page.getByRole("dialog").getByRole("list", { name: "Choose the other incident" }).getByRole("button").last().click();
      await page.getByText("The joined incident bears the name").waitFor();
    },
  },
  { name: "incidents-explain", path: "incidents?sort=sources", steps: (page) => dialog(page, "e") },
  { name: "incidents-confirm", path: "incidents?sort=sources", steps: (page) => dialog(page, "a") },
  { name: "incidents-changes", path: "incidents?changes=1" },
  { name: "incidents-none", path: "incidents?words=nothing%20is%20called%20so" },
  {
    name: "incidents-empty",
    path: async (o) => {
      await o.page.route(/\/api\/case\/.*\/incidents/, (r) => r.fulfill({ json: none }));
      return "incidents";
    },
  },
  { name: "incidents-loading", path: "incidents", hold: /\/api\/case\/.*\/incidents/ },
  { name: "incidents-error", path: "incidents", fail: /\/api\/case\/.*\/incidents/ },
];
