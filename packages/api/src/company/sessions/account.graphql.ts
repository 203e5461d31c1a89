import { InvalidInput, invalid, RequestError } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { globalId, localId } from '../../platform/graphql/global-id.ts';
import { RefusalInterface } from '../../platform/graphql/refusal.ts';
import { endOwnSession, ownSessions, signOutEverywhere, type OwnSession } from './end-sessions.ts';
import { inviteStaff, type StaffInvited } from './invite-staff.ts';
import { changePassword } from './own-password.ts';
import { chooseLanguage, LANGUAGES } from './read-session.ts';
import {
  readLink,
  requestPasswordReset,
  setPasswordByLink,
  type PasswordResetRequested,
} from './reset-password.ts';
import { LinkRefused, SignInRefused } from './sessions.errors.ts';
import type { LinkOwner } from './staff-links.ts';

const OwnSessionType = builder.objectRef<OwnSession>('OwnSession').implement({
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('StaffSession', id) }),
    device: t.exposeString('device', { description: '`Chrome, Windows`; empty where it is not known.' }),
    address: t.exposeString('address'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    lastSeenAt: t.expose('lastSeenAt', { type: 'DateTime', description: 'To the minute.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    current: t.exposeBoolean('current', { description: 'The browser that asks.' }),
  }),
});

builder.queryField('mySessions', (t) =>
  t.field({
    type: [OwnSessionType],
    authScopes: { can: 'staff.self' },
    resolve: (_root, _args, ctx) => ownSessions(ctx),
  }),
);

builder.mutationField('endSession', (t) =>
  t.boolean({
    description: 'Signs one of the own browsers out; false: it was not signed in.',
    args: { id: t.arg.id({ required: true }) },
    authScopes: { can: 'staff.self' },
    resolve: async (_root, { id }, ctx) => {
      const session = localId(id, 'StaffSession');
      return session === null ? false : endOwnSession(ctx, { id: session });
    },
  }),
);

builder.mutationField('signOutEverywhere', (t) =>
  t.int({
    description: 'Signs every browser of this person out, this one too; how many there were.',
    authScopes: { can: 'staff.self' },
    resolve: (_root, _args, ctx) => {
      ctx.sessionCookie?.clear();
      return signOutEverywhere(ctx);
    },
  }),
);

const PasswordChanged = builder.objectRef<{ __typename: 'PasswordChanged' }>('PasswordChanged').implement({
  fields: (t) => ({ done: t.boolean({ resolve: () => true }) }),
});

const ChangePasswordInput = builder.inputType('ChangePasswordInput', {
  fields: (t) => ({ current: t.string({ required: true }), password: t.string({ required: true }) }),
});

builder.mutationField('changePassword', (t) =>
  t.field({
    type: builder.errorUnion('ChangePasswordResult', {
      types: [PasswordChanged, SignInRefused, InvalidInput],
    }),
    description: 'Every other browser of this person is signed out.',
    args: { input: t.arg({ type: ChangePasswordInput, required: true }) },
    authScopes: { can: 'staff.self' },
    resolve: async (_root, { input }, ctx) => {
      await changePassword(ctx, input);
      return { __typename: 'PasswordChanged' as const };
    },
  }),
);

const Language = builder.enumType('StaffLanguage', { values: LANGUAGES });

builder.mutationField('chooseLanguage', (t) =>
  t.boolean({
    args: { language: t.arg({ type: Language, required: true }) },
    authScopes: { can: 'staff.self' },
    resolve: (_root, { language }, ctx) => {
      if (ctx.actor.kind !== 'STAFF') throw new RequestError('FORBIDDEN', 'Only a person has a language.');
      return chooseLanguage(ctx, { language });
    },
  }),
);

const ResetRequested = builder.objectRef<PasswordResetRequested>('PasswordResetRequested').implement({
  fields: (t) => ({
    mailConnected: t.exposeBoolean('mailConnected', {
      description: 'False: no letter can be sent here; an administrator at the command line helps.',
    }),
  }),
});

builder.mutationField('requestPasswordReset', (t) =>
  t.field({
    type: ResetRequested,
    description: 'A letter with a link, if somebody has that e-mail: the answer is the same if not.',
    args: { email: t.arg.string({ required: true }) },
    authScopes: { anybody: true },
    resolve: (_root, { email }, ctx) => requestPasswordReset(ctx, { email }),
  }),
);

const LinkKind = builder.enumType('StaffLinkKind', { values: ['INVITATION', 'RESET'] as const });

const StaffLinkType = builder.objectRef<LinkOwner>('StaffLink').implement({
  description: 'What the link of a letter opens.',
  fields: (t) => ({
    kind: t.expose('kind', { type: LinkKind }),
    name: t.exposeString('name'),
    email: t.exposeString('email', { nullable: true }),
  }),
});

builder.queryField('staffLink', (t) =>
  t.field({
    type: StaffLinkType,
    nullable: true,
    description: 'null: the link was used, is too old, or a newer one was sent.',
    args: { token: t.arg.string({ required: true }) },
    authScopes: { anybody: true },
    resolve: (_root, { token }, ctx) => readLink(ctx, token),
  }),
);

builder.objectType(LinkRefused, { name: 'LinkRefused', interfaces: [RefusalInterface] });

const PasswordSet = builder
  .objectRef<{ __typename: 'PasswordSet'; email: string | null }>('PasswordSet')
  .implement({
    fields: (t) => ({ email: t.exposeString('email', { nullable: true, description: 'To sign in with.' }) }),
  });

const SetPasswordInput = builder.inputType('SetPasswordInput', {
  fields: (t) => ({ token: t.string({ required: true }), password: t.string({ required: true }) }),
});

for (const name of ['resetPassword', 'acceptInvitation'] as const)
  builder.mutationField(name, (t) =>
    t.field({
      type: builder.errorUnion(`${name[0]?.toUpperCase()}${name.slice(1)}Result`, {
        types: [PasswordSet, LinkRefused, InvalidInput],
      }),
      description: 'Uses the link of a letter up; every session of its owner ends.',
      args: { input: t.arg({ type: SetPasswordInput, required: true }) },
      authScopes: { anybody: true },
      resolve: async (_root, { input }, ctx) => {
        const { email } = await setPasswordByLink(ctx, input);
        return { __typename: 'PasswordSet' as const, email };
      },
    }),
  );

const StaffInvitedType = builder
  .objectRef<StaffInvited & { __typename: 'StaffInvited' }>('StaffInvited')
  .implement({
    fields: (t) => ({
      sent: t.exposeBoolean('sent', { description: 'A letter is on its way.' }),
      path: t.exposeString('path', {
        nullable: true,
        description: 'Where no letter can be sent: a path of this server, to be handed over.',
      }),
    }),
  });

builder.mutationField('inviteStaff', (t) =>
  t.field({
    type: builder.errorUnion('InviteStaffResult', { types: [StaffInvitedType, InvalidInput] }),
    args: { staffId: t.arg.id({ required: true }) },
    authScopes: { can: 'staff.manage' },
    resolve: async (_root, { staffId }, ctx) => {
      const id = localId(staffId, 'Staff');
      if (id === null) throw invalid('staffId', 'UNKNOWN', 'nobody who works here');
      return { __typename: 'StaffInvited' as const, ...(await inviteStaff(ctx, { staffId: id })) };
    },
  }),
);
