// After an act: what was done is said with its Undo, and the keys for undo and
// redo know about it.
import { signal } from "@preact/signals";
import { client, type Done } from "./api.gen";
import { sentence, tell, tellError } from "./parts/Toast";

// changed counts the acts of this page: screens read anew when it does.
export const changed = signal(0);

// done says what an act did.
export function done(caseID: string, what: Done): void {
  changed.value += 1;
  const text = [what.text, ...what.notes].map(sentence).join(" ");
  if (what.undo) tell({ text, undo: () => undo(caseID, what.entry) });
  else tell({ text });
}

// undo takes an act back: that of an entry, or (0) the last one of this
// session. It throws ApiError.
export async function undo(caseID: string, entry = 0): Promise<void> {
  const back = await client.undo({ case: caseID, entry });
  changed.value += 1;
  tell({ text: sentence(back.text) });
}

// redo does again what was taken back last. It throws ApiError.
export async function redo(caseID: string): Promise<void> {
  done(caseID, await client.redo({ case: caseID }));
}

// trying runs an act and says what it did or why it failed; it tells whether
// it was done.
export async function trying(caseID: string, act: () => Promise<Done>): Promise<boolean> {
  try {
    done(caseID, await act());
    return true;
  } catch (error) {
    tellError(error);
    return false;
  }
}
