// Asking the program from a test, as the page does.
import type { ClustersOut, Gallery, IncidentsOut, Pairs } from "../src/api.gen";
import type { Opened } from "./harness";

// ask gives the answer of a route of the open case.
export async function ask<T>(o: Opened, path: string, body?: unknown): Promise<T> {
  return o.page.evaluate(
    async ({ at, body }) => {
      const answer = await fetch(at, body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${at}: ${await answer.text()}`);
      return answer.json();
    },
    { at: `/api/case/${o.caseID}${path}`, body },
  ) as Promise<T>;
}

// Addresses are places in a case that every screen can be seen at.
export interface Addresses {
  [screen: string]: string;
}

// everyScreen names a place for each screen, with something to show where the
// case has it.
export async function everyScreen(o: Opened): Promise<Addresses> {
  const gallery = await ask<Gallery>(o, "/gallery");
  const clusters = await ask<ClustersOut>(o, "/clusters");
  const incidents = await ask<IncidentsOut>(o, "/incidents");
  const pairs = await ask<Pairs>(o, "/pairs");
  const out: Addresses = {
    cases: "/", "first start": "/start", settings: "/settings", break: "/break", trainer: "/trainer", exercises: "/workshop", lost: "/nowhere",
    overview: "", import: "import", gallery: "media", "gallery as a list": "media?view=list", clusters: "clusters", incidents: "incidents", checklist: "checklist", reports: "reports",
    "gallery with nothing": "media?q=nothing-has-this-word", "a pair without anything shared": "compare",
  };
  const item = gallery.cards[0]?.id;
  if (item) Object.assign(out, { "media page": `media/${item}`, "a checklist": `checklist/${item}` });
  const cluster = clusters.clusters[0];
  if (cluster) out["a cluster"] = `clusters/${encodeURIComponent(cluster.id)}`;
  const incident = incidents.incidents[0];
  if (incident) out["an incident"] = `incidents/${encodeURIComponent(incident.id)}`;
  const pair = pairs.list[0];
  if (pair) out["a pair"] = `compare?a=${pair.a}&b=${pair.b}`;
  return out;
}
