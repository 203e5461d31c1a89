import type { Context } from '../../platform/context.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { mergeProfiles, type ShopperRows } from '../../profiles/index.ts';
import type { PeoplePlan } from './people/plan-people.ts';

/** People who were known twice become one, the way staff would do it. */
export async function mergeDuplicates(
  ctx: Context,
  registry: readonly ShopperRows[],
  plan: PeoplePlan,
  onProgress: (done: number) => void,
): Promise<number> {
  let merged = 0;
  for (let person = 1; person < plan.count; person += 1) {
    if (plan.isDuplicate[person] !== 1) continue;
    const [survivor, other] = [plan.ids[person - 1] ?? '', plan.ids[person] ?? ''];
    await mergeProfiles(ctx, registry, {
      requestId: `demo:${other}`,
      survivorId: globalId('Profile', survivor),
      otherId: globalId('Profile', other),
      choices: [],
      survivorVersion: null,
      otherVersion: null,
    });
    merged += 1;
    onProgress(merged);
  }
  return merged;
}
