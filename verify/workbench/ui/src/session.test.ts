import { afterEach, expect, test, vi } from "vitest";
import { choose, known, settings, shade, start, usual } from "./session";

afterEach(() => {
  vi.unstubAllGlobals();
  settings.value = usual;
});

function answering(...answers: { status: number; body: unknown }[]): void {
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => {
      const a = answers.shift()!;
      return new Response(JSON.stringify(a.body), { status: a.status });
    }),
  );
}

test("words that the page does not know are taken as the careful ones", () => {
  expect(known({ ...usual, level: "nonsense", theme: "" })).toMatchObject({ level: "softened", theme: "system" });
  expect(known({ ...usual, level: "veil", theme: "dark" })).toMatchObject({ level: "veil", theme: "dark" });
});

test("colours follow the system unless they were chosen", () => {
  expect([shade("system", true), shade("system", false), shade("light", true), shade("dark", false)]).toEqual(["dark", "light", "light", "dark"]);
});

test("what was chosen before is in force from the start", async () => {
  answering({ status: 200, body: { version: "1", by: "", settings: { ...usual, level: "veil" } } });
  await start();
  expect(settings.value.level).toBe("veil");
});

test("a choice holds at once, and is taken back when it cannot be kept", async () => {
  answering({ status: 500, body: { error: "no room on the disk" } });
  const choosing = choose({ theme: "dark" });
  expect(settings.value.theme).toBe("dark");
  await expect(choosing).rejects.toMatchObject({ what: "no room on the disk" });
  expect(settings.value.theme).toBe("system");
});

test("choices made one upon another all hold, whatever the program answers first", async () => {
  const answers: ((of: Response) => void)[] = [];
  const sent: { theme: string; level: string }[] = [];
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    sent.push((JSON.parse(init.body as string) as { settings: (typeof sent)[number] }).settings);
    return new Promise<Response>((answer) => answers.push(answer));
  });
  const light = choose({ theme: "light" });
  const dark = choose({ theme: "dark" });
  const veil = choose({ level: "veil" });
  for (let i = 0; i < 3; i++) {
    await vi.waitFor(() => expect(answers.length).toBe(i + 1));
    answers[i]!(new Response(JSON.stringify({ ...usual, ...sent[i] })));
    expect(settings.value).toMatchObject({ theme: "dark", level: "veil" });
  }
  await Promise.all([light, dark, veil]);
  expect(settings.value).toMatchObject({ theme: "dark", level: "veil" });
  expect(sent.at(-1)).toMatchObject({ theme: "dark", level: "veil" });
});
