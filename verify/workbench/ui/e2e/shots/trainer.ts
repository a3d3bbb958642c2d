import type { Page } from "playwright-core";
import { ready, type Opened } from "../harness";
import { collected, practised, type Room } from "../room";
import type { Shot } from "../shots.run";
import { begun, packable } from "../trainer";

let made: Room | null = null;
const room = () => (made ??= practised());

// answers is the address of what a room handed in.
const answers =
  (rest = "") =>
  async (o: Opened) =>
    (await collected(o, room())) + rest;

// plan is the address of a plan that is written as far as a step needs.
const plan = (rest: string) => async (o: Opened) => `/trainer?plan=${await begun(o)}${rest}`;

const press = (name: string) => async (page: Page) => {
  await page.getByRole("button", { name }).click();
  await ready(page);
};

export const shots: Shot[] = [
  { name: "trainer-home", path: "/trainer" },
  { name: "trainer-loading", path: "/trainer", hold: /\/api\/trainer$/ },
  { name: "trainer-error", path: "/trainer", fail: /\/api\/trainer$/ },
  { name: "trainer-new", path: "/trainer", steps: press("New exercise") },
  { name: "trainer-pack", path: "/trainer", steps: async (page) => page.getByRole("button", { name: "Make the pack…" }).first().click() },
  { name: "trainer-about", path: plan("&step=about") },
  { name: "trainer-tasks-none", path: plan("&step=tasks") },
  { name: "trainer-tasks", path: async (o) => `/trainer?plan=${await packable(o)}&step=tasks` },
  { name: "trainer-parts", path: async (o) => `/trainer?plan=${await packable(o)}&step=tasks`, steps: async (page) => page.getByRole("heading", { name: "1 part" }).scrollIntoViewIfNeeded() },
  { name: "trainer-check", path: async (o) => `/trainer?plan=${await packable(o)}&step=check` },
  { name: "collection", path: answers() },
  { name: "collection-task", path: answers("?task=which-incident&key=1"), steps: async (page) => page.getByRole("heading", { name: "Answers by task" }).scrollIntoViewIfNeeded() },
  { name: "collection-map", path: answers("?task=where&key=1&names=hidden"), steps: async (page) => page.getByRole("heading", { name: "Answers by task" }).scrollIntoViewIfNeeded() },
  { name: "collection-times", path: answers("?task=when"), steps: async (page) => page.getByRole("heading", { name: "Answers by task" }).scrollIntoViewIfNeeded() },
  { name: "collection-gone", path: "/trainer/0000000000000000" },
  { name: "projector", path: answers("/project") },
  { name: "projector-key", path: answers("/project?task=which-incident&part=leaves&key=1") },
  { name: "projector-map", path: answers("/project?task=where&part=flood&key=1") },
  { name: "projector-times", path: answers("/project?task=when&part=storm&key=1") },
  { name: "projector-end", path: answers("/project?task=which-incident&key=1") },
];
