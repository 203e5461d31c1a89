import { InvalidInput, RequestError } from '../../platform/errors.ts';
import { builder, type GraphQLContext } from '../../platform/graphql/builder.ts';
import { globalId, localId } from '../../platform/graphql/global-id.ts';
import { pageCost } from '../../platform/graphql/paging.ts';
import { liveValues } from '../../platform/live/index.ts';
import {
  countUnread,
  listNotifications,
  markRead,
  readNotification,
  type NotificationRecord,
} from './notifications.ts';
import { notificationsTopic } from './notify.ts';
import { deleteView, savedViews, saveView, type SavedViewRecord } from './saved-views.ts';

const NotificationType = builder.objectRef<NotificationRecord>('Notification').implement({
  description: 'Something a person of the staff should know of; the words are made of `kind` and `facts`.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('Notification', id) }),
    kind: t.exposeString('kind'),
    facts: t.field({ type: 'JSON', resolve: ({ facts }) => facts }),
    link: t.exposeString('link', { nullable: true, description: 'A path of the admin.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    readAt: t.expose('readAt', { type: 'DateTime', nullable: true }),
  }),
});

const Edge = builder.edgeObject({ type: NotificationType, name: 'NotificationEdge' });
const Connection = builder.connectionObject({ type: NotificationType, name: 'NotificationConnection' }, Edge);

/** Keys and the system have neither notifications nor views. @throws RequestError FORBIDDEN */
function asStaff(ctx: GraphQLContext): GraphQLContext {
  if (ctx.actor.kind !== 'STAFF') throw new RequestError('FORBIDDEN', 'Only people of the staff have these.');
  return ctx;
}

builder.queryFields((t) => ({
  notifications: t.field({
    type: Connection,
    description: 'Own ones, newest first.',
    complexity: (args) => pageCost(args),
    authScopes: { can: 'staff.self' },
    args: { first: t.arg.int(), after: t.arg.string(), unread: t.arg.boolean() },
    resolve: (_root, args, ctx) => listNotifications(asStaff(ctx), args),
  }),
  unreadNotifications: t.int({
    authScopes: { can: 'staff.self' },
    resolve: (_root, _args, ctx) => countUnread(asStaff(ctx)),
  }),
}));

builder.mutationField('markNotificationsRead', (t) =>
  t.int({
    description: 'How many are unread still.',
    args: { ids: t.arg.idList({ description: 'Absent: all of them.' }) },
    authScopes: { can: 'staff.self' },
    resolve: (_root, { ids }, ctx) =>
      markRead(asStaff(ctx), ids?.flatMap((id) => localId(String(id), 'Notification') ?? []) ?? null),
  }),
);

interface NotificationNews {
  notification: NotificationRecord | null;
}

const NotificationNewsType = builder.objectRef<NotificationNews>('NotificationNews').implement({
  fields: (t) => ({
    notification: t.field({
      type: NotificationType,
      nullable: true,
      description: 'The new one; null: only the count changed.',
      resolve: ({ notification }) => notification,
    }),
    unread: t.int({ resolve: (_news, _args, ctx) => countUnread(ctx) }),
  }),
});

builder.subscriptionField('notificationAdded', (t) =>
  t.field({
    type: NotificationNewsType,
    description: 'The count now, then each new notification and each change of the count.',
    authScopes: { can: 'staff.self' },
    subscribe: (_root, _args, ctx) =>
      liveValues(asStaff(ctx), [notificationsTopic(ctx.actor.id)], async ({ payload }) => {
        const id = (payload as { id?: unknown } | null)?.id;
        return { notification: typeof id === 'string' ? await readNotification(ctx, id) : null };
      }),
    resolve: (news) => news as NotificationNews,
  }),
);

const SavedViewType = builder
  .objectRef<SavedViewRecord & { __typename?: 'SavedView' }>('SavedView')
  .implement({
    description: 'A list as somebody wants to see it again.',
    fields: (t) => ({
      id: t.id({ resolve: ({ id }) => globalId('SavedView', id) }),
      page: t.exposeString('page'),
      name: t.exposeString('name'),
      query: t.exposeString('query', { description: "Query of the page's address." }),
      shared: t.exposeBoolean('shared'),
      owner: t.exposeString('owner'),
      mine: t.exposeBoolean('mine'),
    }),
  });

builder.queryField('savedViews', (t) =>
  t.field({
    type: [SavedViewType],
    description: 'Own ones and those everybody sees, by name.',
    args: { page: t.arg.string({ required: true }) },
    authScopes: { can: 'staff.self' },
    resolve: (_root, { page }, ctx) => savedViews(asStaff(ctx), page),
  }),
);

const SaveViewInput = builder.inputType('SaveViewInput', {
  fields: (t) => ({
    page: t.string({ required: true }),
    name: t.string({ required: true }),
    query: t.string({ required: true }),
    shared: t.boolean({ required: true, defaultValue: false }),
  }),
});

builder.mutationField('saveView', (t) =>
  t.field({
    type: builder.errorUnion('SaveViewResult', { types: [SavedViewType, InvalidInput] }),
    description: 'Under its name: the same name again replaces it.',
    args: { input: t.arg({ type: SaveViewInput, required: true }) },
    authScopes: { can: 'staff.self' },
    resolve: async (_root, { input }, ctx) => ({
      __typename: 'SavedView' as const,
      ...(await saveView(asStaff(ctx), input)),
    }),
  }),
);

builder.mutationField('deleteView', (t) =>
  t.boolean({
    description: 'Own ones; who may change settings also takes shared ones of others away.',
    args: { id: t.arg.id({ required: true }) },
    authScopes: { can: 'staff.self' },
    resolve: async (_root, { id }, ctx) => {
      const local = localId(id, 'SavedView');
      return local === null ? false : deleteView(asStaff(ctx), local);
    },
  }),
);
