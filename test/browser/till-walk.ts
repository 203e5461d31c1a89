import type { Till } from './till.ts';

let walks = 0;

/** Goes through the screens of a whole sale with points and stops at each. */
export async function walkThroughTill(till: Till, visit: (screen: string) => Promise<void>): Promise<void> {
  walks += 1;
  const known = `+791612346${String(walks).padStart(2, '0')}`;
  const newcomer = `+791612347${String(walks).padStart(2, '0')}`;
  await till.shopperWithPoints(known, walks % 2 === 0 ? 'Анна' : 'Константин-Александр', 1240);
  await till.offered(known);
  await till.open();
  await visit('lock');
  await till.signIn();
  await visit('main');
  await till.page.keyboard.press('F1');
  await till.page.getByRole('dialog').waitFor();
  await visit('keys');
  await till.page.keyboard.press('Escape');

  await till.fillRegistration(newcomer, 'Вера');
  await visit('register');
  await till.page.keyboard.press('Enter');
  await till.byName('code').waitFor();
  await visit('enrolment-code');
  await till.enterCode(newcomer);
  await till.add('Носк');
  await till.record();
  await till.next();

  await till.recogniseWithoutCode(known);
  await visit('shopper');
  await till.add('Плать');
  await till.add('Шарф', 2);
  await visit('receipt');
  await till.page.keyboard.press('F6');
  await till.byName('promo-input').waitFor();
  await visit('promo');
  await till.page.keyboard.press('Escape');
  await till.promoCode('ВЕСНА');
  await till.promoCode('НЕТ-ТАКОГО');
  await visit('promo-codes');

  await till.page.keyboard.press('F7');
  await till.byName('code').waitFor();
  await visit('code');
  await till.enterCode(known);
  await till.quoted();
  await till.byName('offer').focus();
  await till.page.keyboard.press('Space');
  await till.page.locator('[data-test="offer"][aria-pressed="true"]').waitFor();
  await visit('offers');
  await till.redeemMax();
  await visit('redeem');
  await till.page.keyboard.press('Enter');
  await till.stage('payment').waitFor();
  await visit('payment');
  await till.page.keyboard.press('Enter');
  await till.byName('result').waitFor();
  await visit('result');
  await till.page.keyboard.press('Delete');
  await till.page.locator('[data-test="notice"][data-code="UndoSale"]').waitFor();
  await visit('undo');
  await till.page.keyboard.press('Enter');
  await till.byName('result-undone').waitFor();
  await visit('undone');
}
