import type { Shot } from "../shots.run";

export const shots: Shot[] = [
  { name: "break-full", path: "/break" },
  {
    name: "frame-keys",
    path: "media",
    steps: async (page) => {
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "frame-commands",
    path: "media",
    steps: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "What would you like to do?" }).fill("go");
    },
  },
  {
    name: "frame-covered",
    path: "media",
    steps: async (page) => {
      await page.keyboard.press("Shift+B");
      await page.getByText("The screen is covered.").waitFor();
    },
  },
];
