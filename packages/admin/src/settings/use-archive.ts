import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useI18n } from 'vue-i18n';
import { isRefusal } from '../app/refusal.ts';
import { useMutation, type Mutation } from '../app/use-mutation.ts';
import { useConfirm } from '../ui/use-confirm.ts';
import { useToasts } from '../ui/use-toasts.ts';

export interface Archivable {
  id: string;
  version: number;
  archivedAt: string | null;
}

interface ArchiveVariables extends OperationVariables {
  input: { id: string; version: number; archived: boolean };
}

/** Puts something configured away, told what follows, or takes it back. @param words `settings.brands.archive` */
export function useArchive<Data extends Record<string, { readonly __typename: string }>>(
  document: TypedDocumentNode<Data, ArchiveVariables>,
  words: string,
  reload: () => Promise<void>,
): {
  mutation: Mutation<Data, ArchiveVariables>;
  toggle: (thing: Archivable, name: string) => Promise<void>;
} {
  const { t } = useI18n();
  const { ask } = useConfirm();
  const { show } = useToasts();
  const mutation = useMutation(document);

  async function toggle({ id, version, archivedAt }: Archivable, name: string): Promise<void> {
    const archived = archivedAt === null;
    if (archived) {
      const sure = await ask({
        title: t(`${words}.ask`, { name }),
        consequences: [t(`${words}.follows`), t('settings.archive.kept')],
        action: t('settings.archive.put'),
      });
      if (!sure) return;
    }
    const outcome = await mutation.run({ input: { id, version, archived } });
    await reload();
    if (outcome === null || isRefusal(outcome)) return;
    show(t(archived ? 'settings.archive.done' : 'settings.archive.restored'));
  }
  return { mutation, toggle };
}
