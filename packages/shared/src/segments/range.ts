/** From `least` to `most`, both included; one of them at least. "Exactly 3" is both. */
export interface Range {
  readonly least?: number;
  readonly most?: number;
}

export function isWithin(value: number, { least = -Infinity, most = Infinity }: Range): boolean {
  return value >= least && value <= most;
}
