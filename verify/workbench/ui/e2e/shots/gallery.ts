import type { Page } from "playwright-core";
import { press, ready } from "../harness";
import type { Shot } from "../shots.run";

const list = "[role=listbox][aria-multiselectable]";

async function select(page: Page): Promise<void> {
  await page.locator(`${list} [data-active]`).waitFor();
  await page.locator(list).focus();
  await press(page, "ArrowRight", "Space", "Shift+ArrowRight", "Shift+ArrowRight");
  await page.getByRole("toolbar").waitFor();
}

export const shots: Shot[] = [
  { name: "gallery", path: "media" },
  { name: "gallery-list", path: "media?view=list&group=source" },
  { name: "gallery-days", path: "media?group=day&filter=has:gps" },
  { name: "gallery-selection", path: "media", steps: select },
  {
    name: "gallery-completion",
    path: "media",
    steps: async (page) => {
      await press(page, "/");
      await page.keyboard.type("tele");
      await page.locator("ul[role=listbox] [role=option]").first().waitFor();
    },
  },
  {
    name: "gallery-menu",
    path: "media",
    steps: async (page) => {
      await page.getByRole("button", { name: /Time trust/ }).click();
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "gallery-explain",
    path: "media?filter=has:copies+has:incident",
    steps: async (page) => {
      await press(page, "e");
      await ready(page);
      await page.getByRole("dialog").getByText("Why it is grouped").waitFor();
    },
  },
  {
    name: "gallery-tag",
    path: "media",
    steps: async (page) => {
      await select(page);
      await press(page, "t");
      await page.keyboard.type("smoke");
    },
  },
  { name: "gallery-nothing", path: "media?filter=type:photo+tag:nobody" },
  { name: "gallery-fault", path: "media?filter=sorce:a" },
  { name: "gallery-loading", path: "media", hold: /\/gallery\?|\/gallery$/ },
  { name: "gallery-error", path: "media", fail: /\/gallery\?|\/gallery$/ },
];
