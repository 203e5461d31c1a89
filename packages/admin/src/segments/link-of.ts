/** Where something that uses a segment is to be seen. */
export function linkOf({ kind, id }: { kind: string; id: string }): string {
  return `/${kind === 'SEGMENT' ? 'segments' : 'offers'}/${encodeURIComponent(id)}`;
}
