// The trainer's side of a workshop: make an exercise, and collect what was
// handed in. A plan that is worked at is in the address.
import { client } from "../../api.gen";
import { useLoad } from "../../load";
import { Failed, Loading } from "../../parts/State";
import { query } from "../../router";
import { Home } from "./Home";
import { Planning } from "./Planning";

export default function Trainer() {
  const plan = query.value.get("plan") ?? "";
  return plan === "" ? <Home /> : <Opened key={plan} id={plan} />;
}

function Opened({ id }: { id: string }) {
  const page = useLoad((signal) => client.plan({ id }, { signal }), [id]);
  if (page.error && !page.data) return <Failed error={page.error} retry={page.reload} />;
  if (!page.data) return <Loading shape="page" />;
  return <Planning first={page.data} />;
}
