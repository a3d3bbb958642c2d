import type { Card } from "../../api.gen";
import type { Look, Size } from "../../parts/viewport";
import type { Matrix, Region } from "./geometry";

// Mode is how two pictures are shown.
export type Mode = "side" | "slider" | "flicker" | "difference";
export const modes: readonly Mode[] = ["side", "slider", "flicker", "difference"];

// Side is one of the two with what is shown of it.
export interface Side {
  name: "a" | "b";
  card: Card;
  at: number | null; // ms, the frame of a video
}

// View is how the two are looked at.
export interface View {
  mode: Mode;
  look: Look; // of A
  lookB: Look; // of B, while the two are not locked
  locked: boolean;
  regions: boolean;
  opacity: number; // of B, 0..1
  slider: number; // 0..1 of A's width
  showB: boolean; // in flicker
  sizes: { a: Size; b: Size }; // as fitted
}

export interface Panes {
  caseID: string;
  a: Side;
  b: Side;
  group: string; // of the reveal
  view: View;
  onView: (change: Partial<View>) => void;
  onSize: (side: "a" | "b", fitted: Size) => void;
  aToB: Matrix | null;
  bToA: Matrix | null;
  regions: readonly Region[];
  lit: number; // region under the pointer or the focus, 0 for none
  onLit: (n: number) => void;
}
