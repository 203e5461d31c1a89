import { builder } from '../../platform/graphql/builder.ts';
import { MergePreviewType } from '../../profiles/index.ts';
import { ProgramType } from '../loyalty.types.ts';
import { previewPoints, type JoinedPoints } from './preview-points.ts';

const JoinedPointsType = builder.objectRef<JoinedPoints>('MergePoints').implement({
  description: 'What would be joined in one program.',
  fields: (t) => ({
    program: t.field({ type: ProgramType, resolve: ({ programId }) => programId }),
    survivor: t.exposeInt('survivor', { description: 'Points that can be spent.' }),
    other: t.exposeInt('other'),
    joined: t.exposeInt('joined', { description: 'After debts are paid.' }),
    pending: t.exposeInt('pending'),
    held: t.exposeInt('held'),
    debt: t.exposeInt('debt'),
  }),
});

builder.objectFields(MergePreviewType, (t) => ({
  points: t.field({
    type: [JoinedPointsType],
    resolve: ({ survivorId, otherId }, _args, ctx) => previewPoints(ctx, survivorId, otherId),
  }),
}));
