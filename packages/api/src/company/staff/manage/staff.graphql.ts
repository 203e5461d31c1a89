import { InvalidInput, VersionConflict } from '../../../platform/errors.ts';
import { builder } from '../../../platform/graphql/builder.ts';
import { globalId, localId } from '../../../platform/graphql/global-id.ts';
import { needId } from '../../../platform/graphql/need-id.ts';
import { cursorOf, keysOf, pageCost, pageOf, pageSize } from '../../../platform/graphql/paging.ts';
import { RefusalInterface } from '../../../platform/graphql/refusal.ts';
import { LastOwner } from '../../company.errors.ts';
import { BrandType, StaffRoleEnum, StoreType } from '../../company.types.ts';
import { addMember } from './add-member.ts';
import { editStaff, setPin, setStaffStatus } from './edit-staff.ts';
import { readStaff, type StaffMember } from './read-staff.ts';
import { setStaffRoles } from './set-staff-roles.ts';

const StaffStatus = builder.enumType('StaffStatus', { values: ['ACTIVE', 'DISABLED'] as const });
const TillRole = builder.enumType('TillRole', { values: ['CASHIER', 'MANAGER'] as const });

const StaffGrant = builder.objectRef<StaffMember['grants'][number]>('StaffGrant').implement({
  description: 'A role and where it holds: in one store, in every store of a brand, or everywhere.',
  fields: (t) => ({
    role: t.expose('role', { type: StaffRoleEnum }),
    brand: t.field({ type: BrandType, nullable: true, resolve: ({ brandId }) => brandId }),
    store: t.field({ type: StoreType, nullable: true, resolve: ({ storeId }) => storeId }),
  }),
});

const StaffTill = builder.objectRef<StaffMember['tills'][number]>('StaffTill').implement({
  fields: (t) => ({
    store: t.field({ type: StoreType, nullable: true, resolve: ({ storeId }) => storeId }),
    role: t.expose('role', { type: TillRole }),
  }),
});

const FEW = { field: 1, multiplier: 1 };

const StaffMemberType = builder.objectRef<StaffMember>('StaffMember').implement({
  description:
    'Somebody of the staff, as those who manage it see them. PINs and passwords are shown to nobody.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('Staff', id) }),
    name: t.exposeString('name'),
    email: t.exposeString('email', { nullable: true }),
    status: t.expose('status', { type: StaffStatus }),
    canWaive: t.exposeBoolean('canWaive', {
      description: 'May let a shopper be verified without a code, by own PIN and with a reason.',
    }),
    version: t.exposeInt('version', { description: 'Goes with every edit: see VersionConflict.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    hasPin: t.exposeBoolean('hasPin', { description: 'Signs in at tills.' }),
    hasPassword: t.exposeBoolean('hasPassword', { description: 'Has answered the invitation to the admin.' }),
    hasSecondFactor: t.exposeBoolean('hasSecondFactor'),
    lastSeenAt: t.expose('lastSeenAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Last used the admin, to the minute.',
    }),
    // Few people have more than one or two; a page of people is not to cost five of each.
    grants: t.field({ type: [StaffGrant], complexity: FEW, resolve: ({ grants }) => grants }),
    tills: t.field({ type: [StaffTill], complexity: FEW, resolve: ({ tills }) => tills }),
  }),
});

const StaffMemberEdge = builder.edgeObject({ name: 'StaffMemberEdge', type: StaffMemberType });
const StaffMemberConnection = builder.connectionObject(
  { name: 'StaffMemberConnection', type: StaffMemberType },
  StaffMemberEdge,
);

builder.queryField('staffMembers', (t) =>
  t.field({
    type: StaffMemberConnection,
    description: 'By name.',
    complexity: pageCost,
    args: {
      search: t.arg.string({ description: 'Part of the name or e-mail.' }),
      status: t.arg({ type: StaffStatus }),
      storeId: t.arg.id({ description: 'At a till there, or with a role there.' }),
      first: t.arg.int(),
      after: t.arg.string(),
    },
    authScopes: { can: 'staff.manage' },
    resolve: async (_root, { search, status, storeId, first, after }, ctx) => {
      const size = pageSize(first);
      const key = keysOf(after, 2);
      const rows = await readStaff(ctx, {
        search: search ?? null,
        status: status ?? null,
        storeId: storeId ? needId(storeId, 'Store', 'storeId') : null,
        after: key as [string, string] | null,
        limit: size + 1,
      });
      return pageOf(rows, size, key !== null, ({ name, id }) => cursorOf(name, id));
    },
  }),
);

builder.queryField('staffMember', (t) =>
  t.field({
    type: StaffMemberType,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    authScopes: { can: 'staff.manage' },
    resolve: async (_root, args, ctx) => {
      const id = localId(args.id, 'Staff');
      if (id === null) return null;
      return (await readStaff(ctx, { ids: [id], after: null, limit: 1 }))[0] ?? null;
    },
  }),
);

builder.objectType(LastOwner, {
  name: 'LastOwner',
  description: 'Nobody else who can sign in owns the company: make somebody else an owner first.',
  interfaces: [RefusalInterface],
});

const StaffSaved = builder.objectRef<{ __typename: 'StaffSaved'; id: string }>('StaffSaved').implement({
  fields: (t) => ({
    staff: t.field({
      type: StaffMemberType,
      nullable: true,
      description: 'null: the caller does not see this person any more.',
      resolve: async ({ id }, _args, ctx) =>
        (await readStaff(ctx, { ids: [id], after: null, limit: 1 }))[0] ?? null,
    }),
  }),
});
const saved = (id: string) => ({ __typename: 'StaffSaved' as const, id });

const GrantInput = builder.inputType('StaffGrantInput', {
  description: 'Neither brand nor store: everywhere.',
  fields: (t) => ({
    role: t.field({ type: StaffRoleEnum, required: true }),
    brandId: t.id(),
    storeId: t.id(),
  }),
});

const TillInput = builder.inputType('StaffTillInput', {
  fields: (t) => ({ storeId: t.id({ required: true }), role: t.field({ type: TillRole, required: true }) }),
});

function placesOf(input: {
  grants: readonly (typeof GrantInput.$inferInput)[];
  tills: readonly (typeof TillInput.$inferInput)[];
}) {
  return {
    grants: input.grants.map(({ role, brandId, storeId }, index) => ({
      role,
      brandId: brandId ? needId(brandId, 'Brand', `grants.${index}.brandId`) : null,
      storeId: storeId ? needId(storeId, 'Store', `grants.${index}.storeId`) : null,
    })),
    tills: input.tills.map(({ role, storeId }, index) => ({
      role,
      storeId: needId(storeId, 'Store', `tills.${index}.storeId`),
    })),
  };
}

const AddStaffInput = builder.inputType('AddStaffInput', {
  description: 'An e-mail for the admin (then inviteStaff), a PIN for tills, or both.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'At most 100 characters.' }),
    email: t.string(),
    pin: t.string({ description: 'Four to eight digits; shown to nobody afterwards.' }),
    canWaive: t.boolean({ required: true, defaultValue: false }),
    grants: t.field({ type: [GrantInput], required: true, defaultValue: [] }),
    tills: t.field({ type: [TillInput], required: true, defaultValue: [] }),
  }),
});

builder.mutationField('addStaff', (t) =>
  t.field({
    type: builder.errorUnion('AddStaffResult', { types: [StaffSaved, InvalidInput] }),
    args: { input: t.arg({ type: AddStaffInput, required: true }) },
    authScopes: { can: 'staff.manage' },
    resolve: async (_root, { input }, ctx) => {
      const { name, email, pin, canWaive } = input;
      const member = { name, email: email ?? null, pin: pin ?? null, canWaive };
      return saved(await addMember(ctx, { ...member, ...placesOf(input) }));
    },
  }),
);

const EditStaffInput = builder.inputType('EditStaffInput', {
  fields: (t) => ({
    id: t.id({ required: true }),
    version: t.int({ required: true, description: 'The one the edit began with.' }),
    name: t.string({ required: true }),
    canWaive: t.boolean({ required: true }),
  }),
});

builder.mutationField('editStaff', (t) =>
  t.field({
    type: builder.errorUnion('EditStaffResult', { types: [StaffSaved, VersionConflict, InvalidInput] }),
    args: { input: t.arg({ type: EditStaffInput, required: true }) },
    authScopes: { can: 'staff.manage' },
    resolve: async (_root, { input }, ctx) => {
      const id = needId(input.id, 'Staff', 'id');
      await editStaff(ctx, { ...input, id });
      return saved(id);
    },
  }),
);

const SetStaffPinInput = builder.inputType('SetStaffPinInput', {
  fields: (t) => ({
    id: t.id({ required: true }),
    version: t.int({ required: true, description: 'The one the edit began with.' }),
    pin: t.string({ description: 'Four to eight digits; null: no PIN any more.' }),
  }),
});

builder.mutationField('setStaffPin', (t) =>
  t.field({
    type: builder.errorUnion('SetStaffPinResult', { types: [StaffSaved, VersionConflict, InvalidInput] }),
    description: 'Who is signed in at a till by the old PIN is out.',
    args: { input: t.arg({ type: SetStaffPinInput, required: true }) },
    authScopes: { can: 'staff.manage' },
    resolve: async (_root, { input }, ctx) => {
      const id = needId(input.id, 'Staff', 'id');
      await setPin(ctx, { id, version: input.version, pin: input.pin ?? null });
      return saved(id);
    },
  }),
);

const SetStaffRolesInput = builder.inputType('SetStaffRolesInput', {
  fields: (t) => ({
    id: t.id({ required: true }),
    version: t.int({ required: true, description: 'The one the edit began with.' }),
    grants: t.field({ type: [GrantInput], required: true, description: 'In the admin, whole.' }),
    tills: t.field({ type: [TillInput], required: true, description: 'At tills, whole.' }),
  }),
});

builder.mutationField('setStaffRoles', (t) =>
  t.field({
    type: builder.errorUnion('SetStaffRolesResult', {
      types: [StaffSaved, LastOwner, VersionConflict, InvalidInput],
    }),
    description: 'Holds within seconds. Nobody gives a role where their own does not hold.',
    args: { input: t.arg({ type: SetStaffRolesInput, required: true }) },
    authScopes: { can: 'staff.manage' },
    resolve: async (_root, { input }, ctx) => {
      const id = needId(input.id, 'Staff', 'id');
      await setStaffRoles(ctx, { id, version: input.version, ...placesOf(input) });
      return saved(id);
    },
  }),
);

const SetStaffStatusInput = builder.inputType('SetStaffStatusInput', {
  fields: (t) => ({
    id: t.id({ required: true }),
    version: t.int({ required: true, description: 'The one the edit began with.' }),
    status: t.field({ type: StaffStatus, required: true }),
  }),
});

builder.mutationField('setStaffStatus', (t) =>
  t.field({
    type: builder.errorUnion('SetStaffStatusResult', {
      types: [StaffSaved, LastOwner, VersionConflict, InvalidInput],
    }),
    description: 'Disabled, somebody is signed off everywhere within seconds.',
    args: { input: t.arg({ type: SetStaffStatusInput, required: true }) },
    authScopes: { can: 'staff.manage' },
    resolve: async (_root, { input }, ctx) => {
      const id = needId(input.id, 'Staff', 'id');
      await setStaffStatus(ctx, { ...input, id });
      return saved(id);
    },
  }),
);
