// What can be asked of the files: the keys of the filter with what follows.
import { client } from "../../api.gen";
import { useLoad } from "../../load";
import { Dialog } from "../../parts/Dialog";
import { Failed, Loading } from "../../parts/State";
import { t } from "../../text";

export function HelpDialog({ case: caseID, onClose }: { case: string; onClose: () => void }) {
  const keys = useLoad((signal) => client.galleryKeys({ case: caseID }, { signal }), [caseID]);
  return (
    <Dialog title={t("gallery.keysTitle")} wide onClose={onClose}>
      <p>{t("gallery.keysIntro")}</p>
      {keys.error && <Failed error={keys.error} retry={keys.reload} />}
      {!keys.data && !keys.error && <Loading shape="rows" />}
      {keys.data && (
        <table>
          <tbody>
            {keys.data.keys.map((k) => (
              <tr key={k.key}>
                <th scope="row">
                  <code>{k.key}:</code>
                </th>
                <td>{k.what}</td>
                <td>
                  <code>{k.values.length > 0 ? k.values.join(" · ") : `${k.key}:${k.like}`}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}
