import type { TableKind } from '../mapping/table-mapping.ts';
import { openBalances } from './balance-rows.ts';
import { openEvents } from './event-rows.ts';
import type { KindDoor, KindOptions } from './kind-door.ts';
import { openProducts } from './product-rows.ts';
import { openProfiles } from './profile-rows.ts';

type Opener = (options: KindOptions) => Promise<KindDoor<unknown>>;

const OPENERS: Readonly<Record<TableKind, Opener>> = {
  PROFILES: openProfiles as Opener,
  PRODUCTS: openProducts as Opener,
  EVENTS: openEvents as Opener,
  BALANCES: openBalances as Opener,
};

/** @throws UnusableMapping */
export function openKind(options: KindOptions): Promise<KindDoor<unknown>> {
  return OPENERS[options.mapping.kind](options);
}
