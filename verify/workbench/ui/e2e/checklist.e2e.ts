// The checklist: filled with the keyboard alone, reviewed blind by another
// person with a program of their own, then seen side by side.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Checklist } from "../src/api.gen";
import { ask } from "./asking";
import { accessible, browser, exercise, open, press, ready, serve, themes, type Opened, type Served } from "./harness";
import { tabTo } from "./keyboard";
import { fill, fillBlind, first, freshItem, second } from "./reviewing";

let b: Browser;
let s: Served;

beforeAll(async () => {
  b = await browser();
  s = await serve(exercise());
});

afterAll(async () => {
  await b?.close();
  await s?.stop();
});

const sheetOf = (o: Opened, item: string) => ask<Checklist>(o, `/checklist/${item}`);

async function answerOf(o: Opened, item: string, step: string): Promise<{ answer: string; note: string }> {
  const all = (await sheetOf(o, item)).sections.flatMap((x) => x.questions);
  const { answer, note } = all.find((q) => q.step === step)!;
  return { answer, note };
}

const current = (page: Page) => page.locator("article[data-current]").getAttribute("id");

test("a checklist is filled with the keyboard alone", async () => {
  const o = await open(b, s);
  const { page } = o;
  await o.to("checklist");
  await tabTo(page, "button", "Begin with the next file");
  await press(page, "Enter");
  await page.waitForSelector("article[data-current]");
  const item = new URL(page.url()).pathname.split("/").pop()!;

  // the keys answer the current question and go on to the next one
  expect(await current(page)).toBe("q-A3");
  await press(page, "1");
  await expect.poll(() => current(page)).toBe("q-B1");
  expect((await answerOf(o, item, "A3")).answer).toBe("pass");
  await press(page, "3");
  await expect.poll(() => current(page)).toBe("q-B2");
  await press(page, "2");
  await expect.poll(() => current(page)).toBe("q-B3");
  expect((await answerOf(o, item, "B2")).answer).toBe("fail");

  // a note waits for its answer
  await press(page, "n");
  await page.keyboard.type("Saved page of 2 May; 1 of 2.");
  await press(page, "Escape");
  expect((await answerOf(o, item, "B3")).answer).toBe("");
  expect(await page.locator("#q-B3").innerText()).toContain("Not recorded yet");
  await press(page, "1");
  await expect.poll(() => answerOf(o, item, "B3")).toEqual({ answer: "pass", note: "Saved page of 2 May; 1 of 2." });

  // what is known answers nothing until it is taken
  await press(page, "ArrowUp", "ArrowUp", "ArrowUp");
  await expect.poll(() => current(page)).toBe("q-B1");
  await page.locator("#q-B1").getByRole("button", { name: "Accept" }).first().focus();
  await press(page, "Enter");
  await expect.poll(async () => (await answerOf(o, item, "B1")).note).toContain("SHA-256");

  // an answer is taken back, and taken up again
  await press(page, "4");
  await expect.poll(async () => (await answerOf(o, item, "B1")).answer).toBe("");
  await press(page, "Control+z");
  await expect.poll(async () => (await answerOf(o, item, "B1")).answer).toBe("cannot_determine");

  // the conclusion, and handing in
  await tabTo(page, "select", "Conclusion");
  await page.keyboard.type("not v");
  await tabTo(page, "textarea", "Limits of it");
  await page.keyboard.type("A second angle could change it.");
  await tabTo(page, "button", "Record the conclusion");
  await press(page, "Enter");
  await expect.poll(async () => (await sheetOf(o, item)).conclusion).toBe("not_verifiable");
  await tabTo(page, "button", "Hand in");
  await press(page, "Enter");
  await page.getByRole("dialog").waitFor();
  await tabTo(page, "button", "Hand in");
  await press(page, "Enter");
  await page.getByText("You handed this sheet in.").waitFor();
  expect((await sheetOf(o, item)).handed_in).not.toBe("");
  await o.close();
});

test("the second reviewer sees nothing of the first until both have handed in", async () => {
  const ada = await open(b, s);
  const item = await freshItem(ada);
  await fill(ada, item, first, true);

  const other = await serve(s.folder, { inPlace: true });
  const bo = await open(b, other, { settings: { by: "Bo Example" } });
  const heard: string[] = [];
  bo.page.on("response", (r) => {
    if (r.url().includes("/api/")) r.text().then((text) => heard.push(text), () => undefined);
  });
  for (const place of [`checklist/${item}`, "checklist", `media/${item}`, "media?q=tower", "reports"]) {
    await bo.to(place);
    await bo.page.waitForTimeout(300);
    const seen = (await bo.page.locator("body").innerText()) + heard.join("\n");
    for (const word of ["water tower", "chimneys", "harbour’s own channel", "A second angle", "48.0159"]) expect(seen, `${word} on ${place}`).not.toContain(word);
  }
  await bo.to(`checklist/${item}`);
  await bo.page.getByText("Second review, by Bo Example").waitFor();
  expect(await bo.page.getByText("blind", { exact: true }).count()).toBe(1);
  await accessible(bo.page, "a blind sheet");
  await fill(bo, item, { ...second, conclusion: "staged" }, true);
  await bo.to(`checklist/${item}`);
  await bo.page.getByRole("heading", { name: "Both sheets side by side" }).waitFor();
  const table = await bo.page.locator("table").first().innerText();
  for (const word of ["partly verified", "staged", "water tower", "Same tower, found alone."]) expect(table).toContain(word);
  expect(await bo.page.locator("tr[data-differ=third]").count()).toBeGreaterThan(1);
  await bo.close();
  await other.stop();
  await ada.close();
});

for (const theme of themes)
  test(`checklists break no rule, ${theme}`, async () => {
    const o = await open(b, s, { theme });
    const { page } = o;
    const item = await freshItem(o);
    await fill(o, item, first, false);
    await o.to(`checklist/${item}?q=E2`);
    await page.locator("#q-E2").getByRole("button", { name: "Add evidence" }).click();
    await page.keyboard.type("nonsense");
    await press(page, "Enter");
    await page.getByRole("alert").waitFor();
    await accessible(page, `a sheet, ${theme}`);
    await page.getByRole("button", { name: "Hand in" }).click();
    await accessible(page, `handing in, ${theme}`);
    await press(page, "Escape");
    await fill(o, item, {}, true);
    await fillBlind(o, item, second);
    await o.to(`checklist/${item}`);
    await accessible(page, `both sheets, ${theme}`);
    await o.to("checklist");
    await accessible(page, `the list, ${theme}`);
    await page.route(/\/api\/case\/[^/]+\/checklist/, (r) => r.fulfill({ status: 500, json: { error: "the case cannot be read", hint: "", safe: "" } }));
    await o.to(`checklist/${item}`);
    await page.getByRole("alert").waitFor();
    await ready(page);
    await accessible(page, `the error, ${theme}`);
    await o.close();
  });
