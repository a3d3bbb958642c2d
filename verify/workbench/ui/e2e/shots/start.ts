import type { Shot } from "../shots.run";

export const shots: Shot[] = [{ name: "start-full", on: "none", path: "/start", firstStart: true }];
