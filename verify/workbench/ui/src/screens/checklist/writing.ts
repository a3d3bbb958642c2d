// What a question needs to be answered, as its sheet gives it.

// Writing is what the questions need to be answered.
export interface Writing {
  can: boolean;
  notes: Readonly<Record<string, string>>; // as typed, by step
  note: (step: string, text: string) => void;
  reply: (step: string, reply: string, beside?: Beside) => void;
}

// Beside is what is recorded with an answer in place of what stands there.
export interface Beside {
  note?: string;
  evidence?: readonly string[];
}

// noteID names the field of a question's note.
export function noteID(step: string): string {
  return `note-${step}`;
}
