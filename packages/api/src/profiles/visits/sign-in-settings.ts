import * as z from 'zod';
import type { SettingKind } from '../../company/index.ts';

export const CODE_CHANNELS = ['SMS', 'VIBER', 'EMAIL', 'CALL'] as const;
export type CodeChannel = (typeof CODE_CHANNELS)[number];

const Window = z.object({ seconds: z.int().positive(), max: z.int().min(0) });

const SignInSettings = z.object({
  /** By which a phone gets its code, the usual one first. An e-mail is added where the shopper proved one. */
  channels: z.array(z.enum(['SMS', 'VIBER', 'CALL'])).min(1),
  /** ISO 3166-1 codes of numbers that get codes; `ANY`: all. */
  countries: z.union([z.literal('ANY'), z.array(z.string().length(2))]),
  /** Codes. */
  perPhone: z.array(Window),
  perTill: z.array(Window),
  perKey: z.array(Window),
  perStore: z.array(Window),
  /** The budget of the whole company; when it is used up the log says so as an error. */
  perCompany: z.array(Window),
  /** Recognising somebody, with or without a code. */
  lookUpsPerTill: z.array(Window),
  lookUpsPerKey: z.array(Window),
});

export type SignInSettings = z.infer<typeof SignInSettings>;

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** What codes may cost and how far somebody can fish for phones; every figure is the company's to change. */
export const SIGN_IN_SETTINGS: SettingKind<SignInSettings> = {
  name: 'sign-in',
  schema: SignInSettings,
  initial: {
    channels: ['SMS', 'VIBER'],
    countries: 'ANY',
    perPhone: [
      { seconds: MINUTE, max: 1 },
      { seconds: 10 * MINUTE, max: 3 },
      { seconds: DAY, max: 5 },
    ],
    perTill: [{ seconds: HOUR, max: 60 }],
    perKey: [{ seconds: HOUR, max: 2_000 }],
    perStore: [{ seconds: DAY, max: 500 }],
    perCompany: [{ seconds: DAY, max: 20_000 }],
    lookUpsPerTill: [
      { seconds: MINUTE, max: 30 },
      { seconds: HOUR, max: 300 },
    ],
    lookUpsPerKey: [{ seconds: MINUTE, max: 3_000 }],
  },
};

export const CODE_LENGTH = 6;
export const CODE_ATTEMPTS = 5;
export const CODE_VALID_MS = 5 * 60_000;
export const RESEND_AFTER_MS = 60_000;
export const VISIT_MS = 30 * 60_000;
