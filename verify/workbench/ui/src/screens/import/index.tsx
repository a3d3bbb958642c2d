import { useState } from "preact/hooks";
import { client, type ScanIn, type ScanStanding } from "../../api.gen";
import { changesOf, scan as heard } from "../../events";
import { asApiError, useLoad } from "../../load";
import { Failed, Loading } from "../../parts/State";
import { tellError } from "../../parts/Toast";
import type { Route } from "../../router";
import { t } from "../../text";
import { Add } from "./Add";
import { Interrupted, ScanPanel } from "./ScanPanel";
import { Sources } from "./Sources";
import { busy } from "./words";
import css from "./Import.module.css";

// Import has folders read into the case and shows how far that is.
export default function Import({ case: id }: Route) {
  const moved = heard.value?.case === id ? heard.value : null;
  const [acted, setActed] = useState<ScanStanding | null>(null);
  const standing = useLoad((signal) => client.scan({ case: id }, { signal }), [id, moved, acted]);
  const sources = useLoad((signal) => client.sources({ case: id }, { signal }), [id, changesOf(id), standing.data?.state]);
  const [adding, setAdding] = useState(false);

  const act = async (what: () => Promise<ScanStanding>): Promise<boolean> => {
    try {
      setActed(await what());
      return true;
    } catch (error) {
      tellError(asApiError(error));
      return false;
    }
  };
  const start = (order: Partial<ScanIn>): Promise<boolean> =>
    act(async () => {
      const now = await client.startScan({ case: id, ...order });
      setAdding(false);
      return now;
    });

  const error = standing.error ?? sources.error;
  if (!standing.data || !sources.data)
    return (
      <div class={css.page} aria-busy={!error}>
        <h1>{t("import.title")}</h1>
        {error ? <Failed error={error} retry={standing.error ? standing.reload : sources.reload} /> : <Loading shape="page" />}
      </div>
    );
  const scan = standing.data;
  const waits = busy(scan) || scan.state === "paused";
  const open = adding || scan.state === "idle";
  return (
    <div class={css.page}>
      <h1>{t("import.title")}</h1>
      {error && <Failed error={error} retry={standing.reload} />}
      {scan.interrupted && <Interrupted of={scan.interrupted} onGo={(folders) => void start({ sources: folders })} />}
      {scan.state !== "idle" && (
        <ScanPanel
          case={id}
          scan={scan}
          onPause={() => void act(() => client.pauseScan({ case: id }))}
          onResume={() => void act(() => client.resumeScan({ case: id }))}
          onStop={() => void act(() => client.stopScan({ case: id }))}
          onAnother={waits || open ? undefined : () => setAdding(true)}
        />
      )}
      {open && !waits && <Add known={sources.data.sources} main={scan.state === "idle" || adding} onStart={start} />}
      <Sources case={id} sources={sources.data.sources} can={!waits} onAgain={() => void start({ sources: [] })} onSaid={sources.reload} />
    </div>
  );
}
