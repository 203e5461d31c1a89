import { whySentence, type Telling } from '@clientele/shared/segment-words';
import { useNow } from '../../app/use-format.ts';
import { conditionOf, isGroupNode, standingOf } from '../tree/nodes.ts';
import type { Builder, NodeVerdict } from './use-builder.ts';
import type { Check } from './use-check.ts';

/** What was decided about the person who is checked, node by node. */
export function useVerdicts(
  builder: Builder,
  check: Check,
  telling: () => Omit<Telling, 'now'>,
): (key: string) => NodeVerdict | null {
  const now = useNow();
  const holds = (key: string): boolean => check.node(builder.path(key))?.holds === true;
  return (key) => {
    const judged = check.node(builder.path(key));
    const node = standingOf(builder.root.value, key)?.node;
    if (judged === undefined || node === undefined) return null;
    const holding = isGroupNode(node) ? node.of.filter((part) => holds(part.key)).length : 0;
    const words = whySentence(judged, conditionOf(node), { ...telling(), now: now.value }, holding);
    return { holds: judged.holds, words };
  };
}
