import { builder } from '../graphql/builder.ts';
import { TaskType } from '../tasks/task.types.ts';
import { FileType } from './file.types.ts';
import { findFile } from './read-file.ts';

builder.objectField(TaskType, 'file', (t) =>
  t.field({
    type: FileType,
    nullable: true,
    description: 'null: it made none, it is gone, or it is not for this caller.',
    resolve: ({ file_id }, _args, ctx) => (file_id === null ? null : findFile(ctx, file_id, 'FILES')),
  }),
);
