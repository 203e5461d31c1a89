import {
  coerceInputValue,
  GraphQLNonNull,
  isInputType,
  validateInputValue,
  type GraphQLSchema,
} from 'graphql';
import { recordEvents, type EventInput } from '../../activity/index.ts';
import { upsertProducts, type ProductInput } from '../../catalog/index.ts';
import {
  recordOrders,
  recordReturns,
  type RecordedOrderInput,
  type RecordedReturnInput,
} from '../../orders/index.ts';
import { upsertProfiles, type ProfileRecordInput } from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { InvalidInput, invalid, type InputProblem } from '../../platform/errors.ts';
import type { RecordStatus } from '../../platform/graphql/record-status.ts';
import type { IntakeKind } from '../../platform/intake/index.ts';

export interface Replayed {
  status: RecordStatus;
  problems: InputProblem[];
}

interface Replayer {
  /** Of the API: what the record has to look like. */
  inputType: string;
  run(ctx: Context, source: string, records: readonly unknown[]): Promise<readonly Replayed[]>;
}

/** A refused record goes the same way again that it came: there is no second set of rules. */
const REPLAYERS: Readonly<Partial<Record<IntakeKind, Replayer>>> = {
  ORDERS: {
    inputType: 'RecordedOrderInput',
    run: async (ctx, source, records) =>
      (await recordOrders(ctx, { source, orders: records as RecordedOrderInput[] })).results,
  },
  RETURNS: {
    inputType: 'RecordedReturnInput',
    run: async (ctx, source, records) =>
      (await recordReturns(ctx, { source, returns: records as RecordedReturnInput[] })).results,
  },
  PROFILES: {
    inputType: 'ProfileInput',
    run: async (ctx, source, records) =>
      (await upsertProfiles(ctx, { requestId: null, source, profiles: records as ProfileRecordInput[] }))
        .results,
  },
  PRODUCTS: {
    inputType: 'ProductInput',
    run: async (ctx, source, records) =>
      (await upsertProducts(ctx, { source, products: records as ProductInput[] })).results,
  },
  EVENTS: {
    inputType: 'EventInput',
    run: async (ctx, source, records) =>
      (await recordEvents(ctx, { source, events: records as EventInput[] })).results,
  },
};

function replayerOf(kind: IntakeKind): Replayer {
  const replayer = REPLAYERS[kind];
  if (replayer === undefined) throw invalid('kind', 'UNKNOWN', 'comes in files only: correct it there');
  return replayer;
}

/**
 * Tries records of one source again, as whoever asks, writing as that source.
 * @param records of `readRecord`
 */
export async function tryAgain(
  ctx: Context,
  { source, kind }: { source: string; kind: IntakeKind },
  records: readonly unknown[],
): Promise<readonly Replayed[]> {
  const actor = { ...ctx.actor, sources: 'ANY' as const, ownSource: source };
  return replayerOf(kind).run({ ...ctx, actor, replaying: true }, source, records);
}

/**
 * A stored or edited record as the API would have taken it.
 * @throws InvalidInput by path inside `content`
 */
export function readRecord(schema: GraphQLSchema, kind: IntakeKind, content: unknown): unknown {
  const type = schema.getType(replayerOf(kind).inputType);
  if (type === undefined || !isInputType(type)) throw new Error(`${kind} has no input type`);
  const required = new GraphQLNonNull(type);
  const problems: InputProblem[] = [];
  validateInputValue(
    content,
    required,
    (error, path) =>
      problems.push({ path: ['content', ...path.map(String)], code: 'FORMAT', message: error.message }),
    true,
  );
  if (problems.length > 0) throw new InvalidInput(problems);
  return coerceInputValue(content, required);
}
