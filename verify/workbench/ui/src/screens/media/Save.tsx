import type { MediaPage } from "../../api.gen";
import { Button } from "../../parts/Button";
import { t } from "../../text";

// WritingProps are what a dialog is given that writes of an item.
export interface WritingProps {
  caseID: string;
  page: MediaPage;
  onClose: () => void;
}

// Save is the foot of a dialog that records something.
export function Save({ verb, busy, disabled, onClose }: { verb: string; busy: boolean; disabled: boolean; onClose: () => void }) {
  return (
    <>
      <Button onClick={onClose}>{t("media.cancel")}</Button>
      <Button kind="main" type="submit" busy={busy} disabled={disabled}>
        {verb}
      </Button>
    </>
  );
}
