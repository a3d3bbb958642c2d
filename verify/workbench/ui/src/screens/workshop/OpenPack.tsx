// Opening a pack: the file is chosen and checked, then it is said what it holds,
// and only then is anything laid out.
import { useState } from "preact/hooks";
import { client, type CaseName, type ExerciseOffer } from "../../api.gen";
import { asApiError } from "../../load";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { FolderPicker } from "../../parts/FolderPicker";
import { Icon } from "../../parts/Icon";
import { Scraped } from "../../parts/Scraped";
import { Failed, Loading } from "../../parts/State";
import { inWords, Paragraphs } from "../../parts/Worded";
import type { ApiError } from "../../client";
import { t } from "../../text";
import css from "./List.module.css";
import { OfferFacts } from "./OfferFacts";

interface Props {
  folder: string; // that it is laid out in
  onClose: () => void;
  onBegun: (name: CaseName) => void;
}

export function OpenPack({ folder, onClose, onBegun }: Props) {
  const [path, setPath] = useState("");
  const [offer, setOffer] = useState<ExerciseOffer | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const look = async (at: string) => {
    setPath(at);
    setError(null);
    try {
      setOffer(await client.lookAtPack({ path: at }));
    } catch (failure) {
      setError(asApiError(failure));
    }
  };
  const begin = async () => {
    setBusy(true);
    try {
      onBegun(await client.openPack({ path }));
    } catch (failure) {
      setError(asApiError(failure));
      setBusy(false);
    }
  };
  if (path === "") return <FolderPicker title={t("workshop.open.title")} verb={t("workshop.open.verb")} ending=".zip" onClose={onClose} onPick={(at) => void look(at)} />;
  return (
    <Dialog
      title={offer ? t("workshop.open.begin", { title: inWords(offer.title).text }) : t("workshop.open.title")}
      wide
      onClose={onClose}
      onSubmit={() => offer && !busy && void begin()}
      actions={
        <>
          <Button onClick={() => setPath("")}>{t("workshop.open.other")}</Button>
          <Button kind="main" type="submit" disabled={!offer} busy={busy}>
            {t(busy ? "workshop.laying" : "workshop.open.verbBegin")}
          </Button>
        </>
      }
    >
      {error ? <Failed error={error} /> : !offer ? <Loading /> : <Offer offer={offer} path={path} folder={folder} />}
    </Dialog>
  );
}

function Offer({ offer, path, folder }: { offer: ExerciseOffer; path: string; folder: string }) {
  return (
    <div class={css["offer"]}>
      <OfferFacts offer={offer} />
      <div class={css["story"]}>
        <Paragraphs words={offer.story} most={2000} />
      </div>
      <dl class={css["pairs"]}>
        <dt>{t("workshop.by")}</dt>
        <dd>
          <Scraped most={300}>{offer.by}</Scraped>
        </dd>
        <dt>{t("workshop.code")}</dt>
        <dd>
          <code>{offer.code}</code> <span class="dim">{t("workshop.code.hint")}</span>
        </dd>
        <dt>{t("workshop.open.file")}</dt>
        <dd>
          <Scraped most={300}>{path}</Scraped>
        </dd>
        <dt>{t("workshop.open.where")}</dt>
        <dd>
          <Scraped most={300}>{folder}</Scraped>
        </dd>
      </dl>
      <p class={css["checked"]}>
        <Icon name="check" /> {t("workshop.open.checked")}
      </p>
    </div>
  );
}
