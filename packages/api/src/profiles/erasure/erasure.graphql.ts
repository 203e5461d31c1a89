import { InvalidInput, VersionConflict } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { ProfileType } from '../profiles.types.ts';
import { ERASURE_REASONS, erasePerson, type ErasureRegistry, type PersonErased } from './erase-person.ts';

/** `erasePerson` over the tables of all rooms; called once, where the schema is assembled. */
export function addErasure(registry: ErasureRegistry): void {
  const ReasonType = builder.enumType('ErasureReason', { values: ERASURE_REASONS });
  const ErasePersonInput = builder.inputType('ErasePersonInput', {
    fields: (t) => ({
      profileId: t.id({ required: true }),
      version: t.int({ required: true }),
      reason: t.field({ type: ReasonType, required: true }),
      confirm: t.string({ required: true, description: '`ERASE`: it cannot be undone.' }),
    }),
  });
  const PersonErasedType = builder.objectRef<PersonErased>('PersonErased').implement({
    fields: (t) => ({
      profile: t.field({ type: ProfileType, resolve: ({ profileId }) => profileId }),
      profiles: t.exposeInt('profiles', { description: 'Those merged into it included.' }),
    }),
  });
  builder.mutationField('erasePerson', (t) =>
    t.field({
      type: builder.errorUnion('ErasePersonResult', {
        types: [PersonErasedType, VersionConflict, InvalidInput],
      }),
      description:
        'Takes out everything that tells who somebody was; purchases and points stay under a number.',
      args: { input: t.arg({ type: ErasePersonInput, required: true }) },
      authScopes: { can: 'profiles.erase' },
      resolve: (_root, { input }, ctx) => erasePerson(ctx, registry, input),
    }),
  );
}
