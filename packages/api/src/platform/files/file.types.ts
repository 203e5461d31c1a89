import { builder } from '../graphql/builder.ts';
import { globalId } from '../graphql/global-id.ts';
import type { FoundFile } from './read-file.ts';

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
