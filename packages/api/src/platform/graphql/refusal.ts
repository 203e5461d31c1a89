import type { InputProblemCode } from '../errors.ts';
import { DomainError, IdempotencyConflict, InvalidInput, VersionConflict } from '../errors.ts';
import { builder } from './builder.ts';

export const RefusalInterface = builder.interfaceRef<DomainError>('Refusal').implement({
  description:
    "A person must decide what to do next. `code` equals the type's name; `message` is English, for developers.",
  fields: (t) => ({
    code: t.string({ resolve: (refusal) => refusal.code }),
    message: t.string({ resolve: (refusal) => refusal.message }),
  }),
});

const ProblemCode = builder.enumType('InputProblemCode', {
  values: [
    'REQUIRED',
    'FORMAT',
    'RANGE',
    'TOO_MANY',
    'UNKNOWN',
    'DUPLICATE',
    'MISMATCH',
    'ERASED',
  ] satisfies InputProblemCode[],
});

export const InputProblemType = builder
  .objectRef<InvalidInput['problems'][number]>('InputProblem')
  .implement({
    fields: (t) => ({
      path: t.exposeStringList('path'),
      code: t.expose('code', { type: ProblemCode }),
      message: t.exposeString('message'),
    }),
  });

builder.objectType(InvalidInput, {
  name: 'InvalidInput',
  interfaces: [RefusalInterface],
  fields: (t) => ({
    problems: t.field({ type: [InputProblemType], resolve: (refusal) => [...refusal.problems] }),
  }),
});

builder.objectType(IdempotencyConflict, { name: 'IdempotencyConflict', interfaces: [RefusalInterface] });

builder.objectType(VersionConflict, {
  name: 'VersionConflict',
  description: 'Somebody else changed it meanwhile: read it anew and show the difference.',
  interfaces: [RefusalInterface],
  fields: (t) => ({
    version: t.exposeInt('version', { description: 'As it stands now.' }),
    changedBy: t.exposeString('changedBy', { nullable: true }),
    changedAt: t.expose('changedAt', { type: 'DateTime', nullable: true }),
  }),
});
