import { client } from "../../api.gen";
import { changed } from "../../done";
import { useLoad } from "../../load";
import { Failed, Loading } from "../../parts/State";
import { Board } from "./Board";

// Detail reads one incident. What it shows stays while another one is read.
export function Detail({ case: caseID, id, onDecided, skipHint }: { case: string; id: string; onDecided: () => void; skipHint: string }) {
  const read = useLoad((signal) => client.incident({ case: caseID, incident: id }, { signal }), [caseID, id, changed.value]);
  if (read.error) return <Failed error={read.error} retry={read.reload} />;
  if (!read.data) return <Loading shape="page" />;
  return <Board key={read.data.row.id} case={caseID} group={read.data} busy={read.data.row.id.toUpperCase() !== id.toUpperCase()} onDecided={onDecided} skipHint={skipHint} />;
}
