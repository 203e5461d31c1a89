import type { Random } from '../../random.ts';

const HEX = Array.from({ length: 65_536 }, (_, value) => value.toString(16).padStart(4, '0'));

function hex(value: number): string {
  return HEX[value] ?? '';
}

/** UUIDv7 by the moment a row was made, so that indexes are filled as they would have been; the same for the same seed. */
export class TimeOrderedIds {
  readonly #random: Random;
  #count = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** @param at milliseconds since 1970 */
  next(at: number): string {
    this.#count += 1;
    const count = this.#count;
    // Half of what is random is a count: no two are equal, whatever the seed.
    const drawn = Math.floor(this.#random.next() * 4_294_967_296);
    const high = Math.floor(at / 65_536);
    return `${hex(high >>> 16)}${hex(high & 0xffff)}-${hex(at % 65_536)}-7${hex(drawn >>> 20).slice(1)}-${hex(
      0x8000 | ((drawn >>> 6) & 0x3fff),
    )}-${hex(((drawn & 0x3f) << 10) | Math.floor(count / 4_294_967_296))}${hex((count >>> 16) & 0xffff)}${hex(count & 0xffff)}`;
  }
}
