import { isKnownKind } from '../../../activity/index.ts';
import type { Context } from '../../../platform/context.ts';
import type { Missing } from '../../language/index.ts';

/** Nobody described such events, and none came of late. */
export async function missingEvent(ctx: Pick<Context, 'sql'>, event: string): Promise<Missing[]> {
  return (await isKnownKind(ctx, event)) ? [] : [{ kind: 'EVENT', value: event }];
}
