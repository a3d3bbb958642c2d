import { beforeEach, expect, test, vi } from "vitest";
import { caseList, changes, changesOf, connected, listen, scan, type Source } from "./events";

class Fake implements Source {
  static all: Fake[] = [];
  onopen = null;
  onerror: ((event: Event) => void) | null = null;
  readyState = 1;
  closed = false;
  private heard = new Map<string, (event: MessageEvent<string>) => void>();
  constructor(readonly address: string) {
    Fake.all.push(this);
  }
  addEventListener(kind: string, hear: (event: MessageEvent<string>) => void) {
    this.heard.set(kind, hear);
  }
  close() {
    this.closed = true;
  }
  tell(kind: string, id: string, data: unknown) {
    this.heard.get(kind)?.({ data: JSON.stringify(data), lastEventId: id } as MessageEvent<string>);
  }
}

class Tab extends EventTarget {
  visibilityState: DocumentVisibilityState = "visible";
  show(state: DocumentVisibilityState) {
    this.visibilityState = state;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

const begin = () => {
  const tab = new Tab();
  const end = listen((address) => new Fake(address), tab as unknown as Document);
  return { tab, end, source: () => Fake.all[Fake.all.length - 1]! };
};

beforeEach(() => {
  Fake.all = [];
  scan.value = null;
  changes.value = {};
  caseList.value = 0;
  connected.value = true;
});

test("a change of a case is counted for that case alone", () => {
  const { source, end } = begin();
  source().tell("case", "7", { number: 7, kind: "case", case: "aa", scan: null });
  expect([changesOf("aa"), changesOf("bb")]).toEqual([1, 0]);
  end();
});

test("a scan is told with how far it is", () => {
  const { source, end } = begin();
  source().tell("scan", "8", { number: 8, kind: "scan", case: "aa", scan: { done: 3, total: 9, running: true, paused: false } });
  expect(scan.value).toEqual({ case: "aa", done: 3, total: 9, running: true, paused: false });
  end();
});

test("a hidden tab lets its connection go and says later what it heard last", () => {
  const { tab, source, end } = begin();
  expect(source().address).toBe("/api/events");
  source().tell("hello", "41", {});
  source().tell("case", "42", { number: 42, kind: "case", case: "aa", scan: null });
  const first = source();
  tab.show("hidden");
  expect(first.closed).toBe(true);
  expect(Fake.all).toHaveLength(1);
  tab.show("visible");
  expect(source().address).toBe("/api/events?after=42");
  end();
  expect(source().closed).toBe(true);
  tab.show("visible");
  expect(Fake.all).toHaveLength(2);
});

test("when more was missed than is kept, everything is asked for anew", () => {
  const { source, end } = begin();
  source().tell("case", "1", { number: 1, kind: "case", case: "aa", scan: null });
  const before = [changesOf("aa"), changesOf("bb"), caseList.value];
  source().tell("reset", "99", {});
  expect([changesOf("aa"), changesOf("bb"), caseList.value].every((n, i) => n > before[i]!)).toBe(true);
  end();
});

test("a connection that ended for good is opened again after a while", () => {
  vi.useFakeTimers();
  const { source, end } = begin();
  source().readyState = 2;
  source().onerror?.(new Event("error"));
  expect(connected.value).toBe(false);
  expect(Fake.all).toHaveLength(1);
  vi.advanceTimersByTime(3500);
  expect(Fake.all).toHaveLength(2);
  end();
  vi.useRealTimers();
});
