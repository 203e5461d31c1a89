import { ShiftedClock } from '../platform/clock.ts';
import { builder } from '../platform/graphql/builder.ts';
import { globalId, localId } from '../platform/graphql/global-id.ts';
import { RefusalInterface } from '../platform/graphql/refusal.ts';
import { InvalidInput, invalid } from '../platform/errors.ts';
import { PairingCodeRefused, WrongPin } from './company.errors.ts';
import { StaffType, StoreType, TillKind, TillType } from './company.types.ts';
import { advanceDemoClock, type DemoClockMoved } from './settings/demo-clock.ts';
import { cashiersOf, type Cashier } from './staff/cashiers.ts';
import { signInCashier, signOutCashier, type CashierSignedIn } from './staff/sign-in-cashier.ts';
import { pairTill, type TillPaired } from './tills/pair-till.ts';

builder.objectType(StoreType, {
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.exposeString('name'),
    timeZone: t.exposeString('timeZone'),
    currency: t.expose('currency', { type: 'CurrencyCode' }),
  }),
});

builder.objectType(StaffType, { fields: (t) => ({ name: t.exposeString('name') }) });

const CashierTile = builder.objectRef<Cashier>('CashierTile').implement({
  fields: (t) => ({
    id: t.id({ resolve: (cashier) => globalId('Staff', cashier.id) }),
    name: t.exposeString('name'),
    canWaive: t.exposeBoolean('canWaive'),
  }),
});

builder.objectType(TillType, {
  fields: (t) => ({
    name: t.exposeString('name'),
    kind: t.expose('kind', { type: TillKind }),
    source: t.exposeString('source', { description: 'Source of its orders.' }),
    store: t.field({ type: StoreType, resolve: (till) => till.store }),
    cashiers: t.field({
      type: [CashierTile],
      description: 'Who can sign in here.',
      resolve: (till, _args, ctx) => cashiersOf(ctx, till.store.id),
    }),
    serverTime: t.field({ type: 'DateTime', resolve: (_till, _args, ctx) => ctx.clock.now() }),
    clockAheadSeconds: t.int({
      description:
        'How far the clock of a demo was moved forward; 0 otherwise. A till’s own clock is not wrong by it.',
      resolve: (_till, _args, { clock }) =>
        clock instanceof ShiftedClock ? Math.round(clock.offset / 1000) : 0,
    }),
  }),
});

builder.queryField('till', (t) =>
  t.field({
    type: TillType,
    nullable: true,
    description: "The caller's own till, for the lock screen: cashiers, consent texts, clock.",
    authScopes: { can: 'till.use' },
    resolve: (_root, _args, ctx) => ctx.actor.till?.id ?? null,
  }),
);

builder.objectType(PairingCodeRefused, {
  name: 'PairingCodeRefused',
  interfaces: [RefusalInterface],
  fields: (t) => ({ retryAt: t.expose('retryAt', { type: 'DateTime', nullable: true }) }),
});

builder.objectType(WrongPin, {
  name: 'WrongPin',
  interfaces: [RefusalInterface],
  fields: (t) => ({
    attemptsLeft: t.exposeInt('attemptsLeft'),
    lockedUntil: t.expose('lockedUntil', { type: 'DateTime', nullable: true }),
  }),
});

const TillPairedType = builder.objectRef<TillPaired>('TillPaired').implement({
  fields: (t) => ({
    token: t.exposeString('token'),
    till: t.expose('till', { type: TillType }),
  }),
});

const PairTillInput = builder.inputType('PairTillInput', {
  fields: (t) => ({ code: t.string({ required: true }) }),
});

builder.mutationField('pairTill', (t) =>
  t.field({
    type: builder.errorUnion('PairTillResult', { types: [TillPairedType, PairingCodeRefused, InvalidInput] }),
    args: { input: t.arg({ type: PairTillInput, required: true }) },
    authScopes: { anybody: true },
    resolve: (_root, { input }, ctx) => pairTill(ctx, input),
  }),
);

const CashierSignedInType = builder.objectRef<CashierSignedIn>('CashierSignedIn').implement({
  fields: (t) => ({
    token: t.exposeString('token'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    cashier: t.field({ type: StaffType, resolve: ({ cashierId }) => cashierId }),
  }),
});

const SignInCashierInput = builder.inputType('SignInCashierInput', {
  fields: (t) => ({ cashierId: t.id(), pin: t.string({ required: true }) }),
});

builder.mutationField('signInCashier', (t) =>
  t.field({
    type: builder.errorUnion('SignInCashierResult', { types: [CashierSignedInType, WrongPin, InvalidInput] }),
    args: { input: t.arg({ type: SignInCashierInput, required: true }) },
    authScopes: { can: 'till.use' },
    resolve: (_root, { input }, ctx) =>
      signInCashier(ctx, { cashierId: staffId(input.cashierId), pin: input.pin }),
  }),
);

function staffId(global: string | null | undefined): string | null {
  if (global === null || global === undefined) return null;
  const id = localId(global, 'Staff');
  if (id === null) throw invalid('cashierId', 'UNKNOWN', 'nobody of this store');
  return id;
}

builder.mutationField('signOutCashier', (t) =>
  t.boolean({ authScopes: { can: 'till.use' }, resolve: (_root, _args, ctx) => signOutCashier(ctx) }),
);

const DemoClock = builder.objectRef<DemoClockMoved>('DemoClock').implement({
  fields: (t) => ({ now: t.expose('now', { type: 'DateTime' }) }),
});

const AdvanceDemoClockInput = builder.inputType('AdvanceDemoClockInput', {
  description: 'ISO 8601 duration: P15D, PT30M.',
  fields: (t) => ({ by: t.string({ required: true }) }),
});

builder.mutationField('advanceDemoClock', (t) =>
  t.field({
    type: DemoClock,
    description: "Demo mode only: moves the company's clock forward; everything time-driven follows.",
    args: { input: t.arg({ type: AdvanceDemoClockInput, required: true }) },
    authScopes: { can: 'demo.clock' },
    resolve: (_root, { input }, ctx) => advanceDemoClock(ctx, input),
  }),
);
