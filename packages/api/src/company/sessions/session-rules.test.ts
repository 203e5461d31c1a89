import { expect, test } from 'vitest';
import { ManualClock, ShiftedClock, wallTime } from '../../platform/clock.ts';
import { createVault } from '../../platform/vault.ts';
import { deviceOf } from './device.ts';
import { hashPassword, isOutdated, passwordMatches, passwordProblem } from './password.ts';
import { sessionEnd, stateAfterPassword } from './session-life.ts';
import { newRecoveryCodes, newSecret, plainRecoveryCode, secretUri, stepOfCode } from './totp.ts';

const at = (time: string) => new Date(`2026-11-22T${time}Z`);

test('a moved demo clock moves no session', () => {
  const clock = new ShiftedClock(new ManualClock(at('09:00:00')));
  clock.shiftTo(15 * 86_400_000);
  expect(wallTime(clock)).toEqual(at('09:00:00'));
  expect(wallTime(new ManualClock(at('09:00:00')))).toEqual(at('09:00:00'));
});

test('an open session ends twelve hours after its use, seven days after its beginning; one halfway soon', () => {
  const began = at('09:00:00');
  expect(sessionEnd('OPEN', began, at('10:00:00'))).toEqual(at('22:00:00'));
  const late = new Date(began.getTime() + 6.9 * 86_400_000);
  expect(sessionEnd('OPEN', began, late)).toEqual(new Date('2026-11-29T09:00:00Z'));
  expect(sessionEnd('SET_UP', began, began)).toEqual(at('09:15:00'));
});

test.each([
  ['production', true, 'SECOND_FACTOR'],
  ['production', false, 'SET_UP'],
  ['demo', true, 'SECOND_FACTOR'],
  ['demo', false, 'OPEN'],
] as const)('after a password in %s, second factor %s: %s', (mode, has, state) => {
  expect(stateAfterPassword(mode, has)).toBe(state);
});

test('a password is its owner’s, this installation’s, and the same however its letters are composed', async () => {
  const [vault, other] = [createVault('a'.repeat(32)), createVault('b'.repeat(32))];
  const hash = await hashPassword(vault, 'olga', 'ёлки-и-йод-2026');
  expect(hash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[\w-]{22}\$[\w-]{43}$/);
  expect(isOutdated(hash)).toBe(false);
  expect(await passwordMatches(vault, 'olga', 'ёлки-и-йод-2026'.normalize('NFD'), hash)).toBe(true);
  expect(await passwordMatches(vault, 'igor', 'ёлки-и-йод-2026', hash)).toBe(false);
  expect(await passwordMatches(other, 'olga', 'ёлки-и-йод-2026', hash)).toBe(false);
  expect(await passwordMatches(vault, 'olga', '', null)).toBe(false);
  expect(isOutdated(hash.replace('ln=15', 'ln=14'))).toBe(true);
});

test.each([
  ['short', 'RANGE'],
  ['x'.repeat(201), 'RANGE'],
  ['aaaaaaaaaaaa', 'FORMAT'],
  ['password2026!', 'FORMAT'],
  ['Qwertyuiop', 'FORMAT'],
  ['9876543210', 'FORMAT'],
  ['olga.belova1', 'FORMAT'],
  ['Белова Ольга1', 'FORMAT'],
  ['корабли-в-гавани', undefined],
  ['olga.belova sails far', undefined],
])('%s as a password: %s', (password, code) => {
  const owner = { email: 'olga.belova@example.com', name: 'Белова Ольга' };
  expect(passwordProblem(password, owner)?.code).toBe(code);
});

// RFC 6238, appendix B: the secret of the SHA-1 vectors, six digits of their eight.
test.each([
  [59, '287082', 1],
  [1111111109, '081804', 37037036],
  [1234567890, '005924', 41152263],
  [20000000000, '353130', 666666666],
])('at %i s the code is %s, of step %i', (seconds, code, step) => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const now = (shift: number) => new Date((seconds + shift) * 1000);
  for (const shift of [0, 30, -30]) expect(stepOfCode(secret, code, now(shift))).toBe(step);
  for (const shift of [90, -90]) expect(stepOfCode(secret, code, now(shift))).toBeNull();
});

test('secrets have 160 bits, codes no letter that is taken for another', () => {
  const secret = newSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(secretUri(secret, 'o@e.ru')).toContain(`secret=${secret}`);
  for (const code of newRecoveryCodes()) {
    expect(code).not.toMatch(/[il10o]/);
    expect(plainRecoveryCode(code.toUpperCase().replace('-', ' - '))).toBe(code.replace('-', ''));
  }
  expect(plainRecoveryCode('123456')).toBeNull();
});

test.each([
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36', 'Chrome, Windows'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
  ['Mozilla/5.0 (Windows NT 10.0) Chrome/138.0 YaBrowser/25.8 Safari/537.36', 'Яндекс Браузер, Windows'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1', 'Safari, iOS'],
  ['<script>alert(1)</script>', ''],
])('%s is %s', (userAgent, device) => {
  expect(deviceOf(userAgent)).toBe(device);
});
