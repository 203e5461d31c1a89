import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { audit } from '../audit.ts';

export interface NewBrand {
  code: string;
  name: string;
}

/** @returns its id */
export async function createBrand(ctx: Context, { code, name }: NewBrand): Promise<string> {
  const id = newId();
  await ctx.sql.insertInto('brand').values({ id, code, name, created_at: ctx.clock.now() }).execute();
  await audit(ctx, { action: 'brand.created', subject: `brand:${id}` });
  return id;
}
