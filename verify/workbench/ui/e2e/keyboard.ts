// Going to a control as a person with a keyboard does.
import type { Page } from "playwright-core";

const most = 400; // steps

// tabTo presses Tab until a control of this kind that is called so has the
// focus.
export async function tabTo(page: Page, tag: string, name: string): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < most; i++) {
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      if (!(e instanceof HTMLElement)) return { tag: "", name: "" };
      const labels = "labels" in e ? [...((e as HTMLInputElement).labels ?? [])].map((l) => l.innerText) : [];
      return { tag: e.tagName.toLowerCase(), name: [e.getAttribute("aria-label") ?? "", e.innerText, ...labels].join(" ").trim() };
    });
    if (i > 0 && at.tag === tag && at.name.includes(name)) return;
    passed.push(`${at.tag} ${at.name.slice(0, 30)}`);
    await page.keyboard.press("Tab");
  }
  throw new Error(`no ${tag} "${name}" is reached with Tab; passed ${passed.slice(0, 60).join(" | ")}`);
}
