import { STORE_ROLES, type Role } from '@clientele/shared/permissions';
import { presetSettings } from '@clientele/shared/receipt';
import { addStaff, createBrand, createStore, createTill, writeSetting } from '../company/index.ts';
import { createProgram } from '../loyalty/index.ts';
import type { Context } from '../platform/context.ts';
import { inTransaction } from '../platform/database/in-transaction.ts';
import { createConsentText } from '../profiles/index.ts';
import { DEMO_COMPANY, type DemoCompany } from './demo-setting.ts';
import { STORES, type DemoStore } from './stores.ts';

export const CASHIER_PIN = '1111';
export const MANAGER_PIN = '2222';

/** One password for the whole office, so that every role can be tried. */
const OFFICE_PASSWORD = 'poputny-veter-2026';

export const OWNER = { email: 'owner@demo.clientele.example', password: OFFICE_PASSWORD };

/** Everybody of the office besides its owner, by role; who works in a store works in the first. */
const OFFICE: readonly { role: Role; name: string; email: string }[] = [
  { role: 'MARKETER', name: 'Марина Волкова', email: 'marketer@demo.clientele.example' },
  { role: 'ANALYST', name: 'Андрей Соколов', email: 'analyst@demo.clientele.example' },
  { role: 'SUPPORT', name: 'Светлана Орлова', email: 'support@demo.clientele.example' },
  { role: 'STORE_MANAGER', name: 'Тимур Алиев', email: 'manager@demo.clientele.example' },
  { role: 'SALES_ASSISTANT', name: 'Полина Зайцева', email: 'assistant@demo.clientele.example' },
  { role: 'INTEGRATOR', name: 'Игорь Лебедев', email: 'integrator@demo.clientele.example' },
];

const PROGRAM_MONTHS = 24;

/** Brand, stores, tills, staff, consent texts and the program, all or nothing. */
export async function createDemoCompany(ctx: Context): Promise<DemoCompany> {
  return inTransaction(ctx, async (tx) => {
    const brandId = await createBrand(tx, { code: 'demo', name: 'Северный ветер' });
    const stores = [];
    for (const store of STORES) stores.push(await openStore(tx, brandId, store));
    const company: DemoCompany = {
      brandId,
      stores,
      consentTextIds: await writeConsentTexts(tx, brandId),
      startedAt: tx.clock.now().toISOString(),
      complete: false,
    };
    await hireOffice(tx, stores);
    await startProgram(tx, brandId);
    await writeSetting(tx, DEMO_COMPANY, company);
    return company;
  });
}

async function openStore(
  tx: Context,
  brandId: string,
  store: DemoStore,
): Promise<DemoCompany['stores'][number]> {
  const { code, name, timeZone, currency, country } = store;
  const storeId = await createStore(tx, { brandId, code, name, timeZone, currency, country, language: 'ru' });
  const tillId = await createTill(tx, { storeId, name: 'Касса 1', kind: 'CASHIER' });
  await createTill(tx, { storeId, name: 'Касса 2', kind: 'CASHIER' });
  await createTill(tx, { storeId, name: 'Киоск', kind: 'KIOSK' });
  const cashierIds = [];
  for (const cashier of store.cashiers) {
    const stores = [{ storeId, role: 'CASHIER' as const }];
    cashierIds.push(await addStaff(tx, { name: cashier, pin: CASHIER_PIN, stores }));
  }
  const managerId = await addStaff(tx, {
    name: store.manager,
    pin: MANAGER_PIN,
    canWaive: true,
    stores: [{ storeId, role: 'MANAGER' }],
  });
  return { id: storeId, code, tillId, cashierIds, managerId };
}

async function hireOffice(tx: Context, [store]: DemoCompany['stores']): Promise<void> {
  if (store === undefined) throw new Error('the demo company has no store');
  await addStaff(tx, { name: 'Владелец', ...OWNER, stores: [], grants: [{ role: 'OWNER' }] });
  for (const { role, name, email } of OFFICE)
    await addStaff(tx, {
      name,
      email,
      password: OFFICE_PASSWORD,
      stores: [],
      grants: [STORE_ROLES.has(role) ? { role, storeId: store.id } : { role }],
    });
}

async function writeConsentTexts(tx: Context, brandId: string): Promise<DemoCompany['consentTextIds']> {
  const processing = await createConsentText(tx, {
    brandId,
    purpose: 'PROCESSING',
    version: '1.0',
    text: 'Согласен на обработку моих персональных данных для участия в программе лояльности «Северный ветер».',
    required: true,
  });
  const advertising = await createConsentText(tx, {
    brandId,
    purpose: 'ADVERTISING',
    version: '1.0',
    text: 'Хочу узнавать о новинках и персональных предложениях из сообщений.',
  });
  return { processing, advertising };
}

/** The preset, for purchases of the last two years. */
async function startProgram(tx: Context, brandId: string): Promise<void> {
  const validFrom = tx.clock.now();
  validFrom.setUTCMonth(validFrom.getUTCMonth() - PROGRAM_MONTHS);
  await createProgram(tx, {
    brandId,
    name: 'Попутный ветер',
    mode: 'LIVE',
    liveAt: validFrom,
    settings: presetSettings,
    validFrom,
  });
}
