// lastPart is the name of the file at a path.
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
