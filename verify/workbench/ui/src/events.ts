// What happens in the program, told to the page as it happens. Events are only
// hints: a screen that hears one asks for what it shows. A browser allows six
// connections to one host, so that a hidden tab lets its own go; when it is
// seen again it says which event it heard last and is told what it missed.
import { batch, signal } from "@preact/signals";

// Scan is how far the scan of a case is.
export interface Scan {
  case: string;
  done: number;
  total: number; // 0 while it is not known
  running: boolean;
  paused: boolean;
}

// scan is the one that runs, or ran last in this page; null before any.
export const scan = signal<Scan | null>(null);

// changes counts the changes of each case that others than this page may have
// made: a scan, a command, another tab. Name it in the deps of useLoad.
export const changes = signal<Readonly<Record<string, number>>>({});

// caseList counts the changes of which cases are open.
export const caseList = signal(0);

// connected is false while the program cannot be heard.
export const connected = signal(true);

interface Told {
  number: number;
  kind: string;
  case: string;
  scan: Omit<Scan, "case"> | null;
}

// Source is what is needed of EventSource.
export interface Source {
  addEventListener(kind: string, hear: (event: MessageEvent<string>) => void): void;
  close(): void;
  onopen: ((event: Event) => void) | null;
  onerror: ((event: Event) => void) | null;
  readonly readyState: number;
}

const closed = 2; // EventSource.CLOSED: the browser does not try again by itself
const againAfter = 3000; // ms

// listen hears events as long as the tab is seen. It gives what ends that.
export function listen(open: (address: string) => Source = (address) => new EventSource(address), tab: Document = document): () => void {
  let source: Source | null = null;
  let last = "";
  let later: ReturnType<typeof setTimeout> | undefined;

  const stop = () => {
    clearTimeout(later);
    source?.close();
    source = null;
  };
  const start = () => {
    if (source || tab.visibilityState === "hidden") return;
    const mine = open("/api/events" + (last === "" ? "" : "?after=" + last));
    source = mine;
    const hear = (kind: string, then: (told: Told) => void) =>
      mine.addEventListener(kind, (event) => {
        if (event.lastEventId !== "") last = event.lastEventId;
        then(JSON.parse(event.data) as Told);
      });
    hear("hello", () => undefined);
    hear("reset", () => everything());
    hear("case", (told) => count(told.case));
    hear("cases", () => (caseList.value += 1));
    hear("scan", (told) => {
      if (told.scan) scan.value = { case: told.case, ...told.scan };
    });
    mine.onopen = () => (connected.value = true);
    mine.onerror = () => {
      connected.value = false;
      if (mine.readyState !== closed || source !== mine) return;
      stop();
      later = setTimeout(start, againAfter);
    };
  };
  const turn = () => (tab.visibilityState === "hidden" ? stop() : start());
  tab.addEventListener("visibilitychange", turn);
  start();
  return () => {
    tab.removeEventListener("visibilitychange", turn);
    stop();
  };
}

function count(id: string): void {
  changes.value = { ...changes.value, [id]: (changes.value[id] ?? 0) + 1 };
}

// everything may be other than the page thinks: more was missed than is kept.
function everything(): void {
  batch(() => {
    caseList.value += 1;
    if (scan.value) scan.value = { ...scan.value, running: false };
    for (const id of Object.keys(changes.value)) count(id);
    count("*");
  });
}

// changesOf counts the changes of one case.
export function changesOf(id: string): number {
  return (changes.value[id] ?? 0) + (changes.value["*"] ?? 0);
}
