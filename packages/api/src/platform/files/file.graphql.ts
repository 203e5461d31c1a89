import { builder } from '../graphql/builder.ts';
import { globalId } from '../graphql/global-id.ts';
import { TaskType } from '../tasks/task.types.ts';
import { findFile, type FoundFile } from './read-file.ts';

export const FileType = builder.objectRef<FoundFile>('File').implement({
  description: 'Made for somebody to download, for a day.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('File', id) }),
    name: t.exposeString('name'),
    bytes: t.float({ resolve: ({ bytes }) => bytes }),
    url: t.string({ description: 'Path on this server.', resolve: ({ id }) => `/files/${id}` }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
  }),
});

builder.objectField(TaskType, 'file', (t) =>
  t.field({
    type: FileType,
    nullable: true,
    description: 'null: it made none, it is gone, or it is not for this caller.',
    resolve: ({ file_id }, _args, ctx) => (file_id === null ? null : findFile(ctx, file_id, 'FILES')),
  }),
);
