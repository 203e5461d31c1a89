import { scopesOf } from '@clientele/shared/permissions';
import { RequestError } from '../../platform/errors.ts';
import { builder, type GraphQLContext } from '../../platform/graphql/builder.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { RefusalInterface } from '../../platform/graphql/refusal.ts';
import type { SessionCookie } from '../../platform/http/session-cookie.ts';
import { StaffRoleEnum } from '../company.types.ts';
import { signOut } from './end-sessions.ts';
import { COOKIE_SECONDS, type OpenedSession } from './open-session.ts';
import {
  brandsOfSession,
  readSession,
  storesOfSession,
  type SessionBrand,
  type SessionRecord,
  type SessionStore,
} from './read-session.ts';
import { confirmSecondFactor, finishSecondFactorSetUp, setUpSecondFactor } from './second-factor.ts';
import { SESSION_STATES } from './session-life.ts';
import { SignInRefused, WrongSecondFactor } from './sessions.errors.ts';
import { signIn } from './sign-in.ts';

const SessionStateEnum = builder.enumType('SessionState', {
  description:
    'OPEN: signed in. SECOND_FACTOR: a code is waited for. SET_UP: an authenticator app has to be set up first.',
  values: SESSION_STATES,
});

const SessionStaff = builder.objectRef<SessionRecord>('SessionStaff').implement({
  fields: (t) => ({
    id: t.id({ resolve: ({ staffId }) => globalId('Staff', staffId) }),
    name: t.exposeString('name'),
    email: t.exposeString('email', { nullable: true }),
    language: t.exposeString('language', { description: '`ru` or `en`.' }),
  }),
});

const SessionBrandType = builder.objectRef<SessionBrand>('SessionBrand').implement({
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('Brand', id) }),
    name: t.exposeString('name'),
  }),
});

const SessionStoreType = builder.objectRef<SessionStore>('SessionStore').implement({
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('Store', id) }),
    brandId: t.id({ resolve: ({ brandId }) => globalId('Brand', brandId) }),
    code: t.exposeString('code'),
    name: t.exposeString('name'),
    timeZone: t.exposeString('timeZone'),
    currency: t.expose('currency', { type: 'CurrencyCode' }),
  }),
});

export const SessionType = builder.objectRef<SessionRecord>('Session').implement({
  description:
    'A person in the admin, and what this person may do. Before it is OPEN it tells neither roles nor stores.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('StaffSession', id) }),
    state: t.expose('state', { type: SessionStateEnum }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    staff: t.field({ type: SessionStaff, resolve: (session) => session }),
    roles: t.field({ type: [StaffRoleEnum], resolve: ({ roles }) => [...roles] }),
    scopes: t.stringList({ resolve: ({ roles }) => [...scopesOf(roles)] }),
    allStores: t.exposeBoolean('allStores'),
    stores: t.field({
      type: [SessionStoreType],
      resolve: (session, _args, ctx) => storesOfSession(ctx, session),
    }),
    brands: t.field({
      type: [SessionBrandType],
      resolve: (session, _args, ctx) => brandsOfSession(ctx, session),
    }),
    secondFactor: t.exposeBoolean('secondFactor'),
    recoveryCodesLeft: t.exposeInt('recoveryCodesLeft'),
  }),
});

builder.queryField('session', (t) =>
  t.field({
    type: SessionType,
    nullable: true,
    description: 'Who is signed in with this browser; null: nobody.',
    authScopes: { anybody: true },
    resolve: (_root, _args, ctx) =>
      ctx.actor.session === undefined ? null : readSession(ctx, ctx.actor.session.id),
  }),
);

const SignInOptions = builder
  .objectRef<{ demo: boolean; mailConnected: boolean }>('SignInOptions')
  .implement({
    fields: (t) => ({
      demo: t.exposeBoolean('demo', { description: 'The start page shows whom to sign in as.' }),
      mailConnected: t.exposeBoolean('mailConnected', {
        description: 'A letter with a new password can be sent.',
      }),
    }),
  });

builder.queryField('signInOptions', (t) =>
  t.field({
    type: SignInOptions,
    description: 'What the sign-in page offers.',
    authScopes: { anybody: true },
    resolve: (_root, _args, { mode, mailConnected = false }) => ({ demo: mode === 'demo', mailConnected }),
  }),
);

builder.objectType(SignInRefused, {
  name: 'SignInRefused',
  description: 'Wrong e-mail or password, which of them is not told; or too many tries, until `retryAt`.',
  interfaces: [RefusalInterface],
  fields: (t) => ({ retryAt: t.expose('retryAt', { type: 'DateTime', nullable: true }) }),
});

builder.objectType(WrongSecondFactor, {
  name: 'WrongSecondFactor',
  interfaces: [RefusalInterface],
  fields: (t) => ({
    attemptsLeft: t.exposeInt('attemptsLeft'),
    retryAt: t.expose('retryAt', { type: 'DateTime', nullable: true }),
  }),
});

const SignedIn = builder.objectRef<{ __typename: 'SignedIn'; session: SessionRecord }>('SignedIn').implement({
  fields: (t) => ({ session: t.expose('session', { type: SessionType }) }),
});

/** @throws RequestError FORBIDDEN for anything but our own page: nobody else's page signs a browser in */
function ownPage({ sessionCookie }: GraphQLContext): SessionCookie {
  if (sessionCookie === undefined)
    throw new RequestError('FORBIDDEN', "Signing in works from the product's own pages only.");
  return sessionCookie;
}

async function keepIn(
  ctx: GraphQLContext,
  cookie: SessionCookie,
  { id, token }: OpenedSession,
): Promise<SessionRecord> {
  cookie.set(token, COOKIE_SECONDS);
  const session = await readSession(ctx, id);
  if (session === null) throw new Error('a session that was just opened is gone');
  return session;
}

const SignInInput = builder.inputType('SignInInput', {
  fields: (t) => ({ email: t.string({ required: true }), password: t.string({ required: true }) }),
});

builder.mutationField('signIn', (t) =>
  t.field({
    type: builder.errorUnion('SignInResult', { types: [SignedIn, SignInRefused] }),
    description: 'The session is kept by the browser in an httpOnly cookie.',
    args: { input: t.arg({ type: SignInInput, required: true }) },
    authScopes: { anybody: true },
    resolve: async (_root, { input }, ctx) => {
      const cookie = ownPage(ctx);
      const opened = await signIn(ctx, { ...input, userAgent: cookie.userAgent });
      return { __typename: 'SignedIn' as const, session: await keepIn(ctx, cookie, opened) };
    },
  }),
);

const SecondFactorCode = builder.inputType('SecondFactorCodeInput', {
  fields: (t) => ({ code: t.string({ required: true }) }),
});

builder.mutationField('confirmSecondFactor', (t) =>
  t.field({
    type: builder.errorUnion('ConfirmSecondFactorResult', { types: [SignedIn, WrongSecondFactor] }),
    description: 'The code an authenticator app shows, or a recovery code.',
    args: { input: t.arg({ type: SecondFactorCode, required: true }) },
    authScopes: { anybody: true },
    resolve: async (_root, { input }, ctx) => {
      const cookie = ownPage(ctx);
      const opened = await confirmSecondFactor(ctx, input);
      return { __typename: 'SignedIn' as const, session: await keepIn(ctx, cookie, opened) };
    },
  }),
);

interface Offered {
  __typename: 'SecondFactorOffered';
  uri: string;
  secret: string;
}

const SecondFactorOffered = builder.objectRef<Offered>('SecondFactorOffered').implement({
  fields: (t) => ({
    uri: t.exposeString('uri', { description: 'For a QR code.' }),
    secret: t.exposeString('secret', { description: 'The same, to be typed.' }),
  }),
});

const SetUpSecondFactorInput = builder.inputType('SetUpSecondFactorInput', {
  fields: (t) => ({ password: t.string({ description: 'Of whoever is signed in already.' }) }),
});

builder.mutationField('setUpSecondFactor', (t) =>
  t.field({
    type: builder.errorUnion('SetUpSecondFactorResult', { types: [SecondFactorOffered, SignInRefused] }),
    args: { input: t.arg({ type: SetUpSecondFactorInput, required: true }) },
    authScopes: { anybody: true },
    resolve: async (_root, { input }, ctx) => {
      const offered = await setUpSecondFactor(ctx, { password: input.password ?? null });
      return { __typename: 'SecondFactorOffered' as const, ...offered };
    },
  }),
);

interface SetUp {
  __typename: 'SecondFactorSet';
  session: SessionRecord;
  recoveryCodes: string[];
}

const SecondFactorSet = builder.objectRef<SetUp>('SecondFactorSet').implement({
  fields: (t) => ({
    session: t.expose('session', { type: SessionType }),
    recoveryCodes: t.exposeStringList('recoveryCodes', { description: 'Shown here only; each works once.' }),
  }),
});

builder.mutationField('finishSecondFactorSetUp', (t) =>
  t.field({
    type: builder.errorUnion('FinishSecondFactorSetUpResult', {
      types: [SecondFactorSet, WrongSecondFactor],
    }),
    args: { input: t.arg({ type: SecondFactorCode, required: true }) },
    authScopes: { anybody: true },
    resolve: async (_root, { input }, ctx) => {
      const cookie = ownPage(ctx);
      const { session, recoveryCodes } = await finishSecondFactorSetUp(ctx, input);
      return {
        __typename: 'SecondFactorSet' as const,
        recoveryCodes,
        session: await keepIn(ctx, cookie, session),
      };
    },
  }),
);

builder.mutationField('signOut', (t) =>
  t.boolean({
    description: 'Signs this browser out.',
    authScopes: { anybody: true },
    resolve: async (_root, _args, ctx) => {
      ctx.sessionCookie?.clear();
      return signOut(ctx);
    },
  }),
);
