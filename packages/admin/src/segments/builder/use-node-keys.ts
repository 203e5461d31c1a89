import { useI18n } from 'vue-i18n';
import { useToasts } from '../../ui/use-toasts.ts';
import { useBuilderView } from './use-builder.ts';

/**
 * Keys of a sentence or a group that has the focus: Alt and arrows move it, Ctrl+D copies it, Delete takes it out, plain
 * arrows go from line to line. @param key null: of the whole, which only lets the focus go on
 */
export function useNodeKeys(key: () => string | null): (event: KeyboardEvent) => void {
  const { t } = useI18n();
  const { builder, readonly } = useBuilderView();
  const { show } = useToasts();

  const deeds: Record<string, (node: string) => void> = {
    'alt+ArrowUp': (node) => builder.step(node, -1),
    'alt+ArrowDown': (node) => builder.step(node, 1),
    'alt+ArrowRight': (node) => builder.indent(node),
    'alt+ArrowLeft': (node) => builder.outdent(node),
    'ctrl+KeyD': (node) => builder.duplicate(node),
    Delete: (node) => {
      const putBack = builder.remove(node);
      show(t('segments.tree.removed'), { undo: putBack });
    },
  };

  return (event) => {
    const held = event.altKey ? 'alt+' : event.ctrlKey || event.metaKey ? 'ctrl+' : '';
    if (held === '' && event.code === 'ArrowUp') return walk(event, -1);
    if (held === '' && event.code === 'ArrowDown') return walk(event, 1);
    const deed = deeds[held + event.code];
    const node = key();
    if (deed === undefined || node === null || readonly.value) return;
    // Alt and arrows are "back" and "forward" of the browser.
    event.preventDefault();
    event.stopPropagation();
    deed(node);
  };
}

/** From line to line of the builder. */
function walk(event: KeyboardEvent, by: number): void {
  const stops = [...document.querySelectorAll<HTMLElement>('[data-builder] .handle-focus')];
  const at = stops.indexOf(event.currentTarget as HTMLElement);
  stops[at + by]?.focus();
  event.preventDefault();
}
