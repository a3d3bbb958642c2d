// The ids of a result of any size, as they came: SHA-256 digests written one
// after the other. They are cut out when they are needed.
const digits = 64;

export class Ids {
  readonly length: number;
  private positions: Map<string, number> | null = null;

  constructor(private readonly text: string) {
    this.length = Math.floor(text.length / digits);
  }

  // at is the id at a position, "" where there is none.
  at(position: number): string {
    if (position < 0 || position >= this.length) return "";
    return this.text.slice(position * digits, (position + 1) * digits);
  }

  // slice gives the ids from a position up to another.
  slice(from: number, to: number): string[] {
    const out: string[] = [];
    for (let i = Math.max(0, from); i < Math.min(to, this.length); i++) out.push(this.at(i));
    return out;
  }

  all(): string[] {
    return this.slice(0, this.length);
  }

  // indexOf is the position of an id, -1 where it is not there.
  indexOf(id: string): number {
    if (!this.positions) {
      this.positions = new Map();
      for (let i = 0; i < this.length; i++) this.positions.set(this.at(i), i);
    }
    return this.positions.get(id) ?? -1;
  }

  same(other: Ids): boolean {
    return this.text === other.text;
  }
}

export const noIds = new Ids("");
