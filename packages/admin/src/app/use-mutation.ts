import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { shallowRef, type ShallowRef } from 'vue';
import { useApollo } from './apollo.ts';
import { failureOf, type Failure } from './failure.ts';
import { isRefusal, type AnyRefusal } from './refusal.ts';

/** What the one field of a mutation gives: a union member. */
export type Outcome<Data> = Data[keyof Data];

export interface Mutation<Data, Variables> {
  /** @returns the union member, refusals too; null where no answer came: then `failure` says why */
  run: (variables: Variables) => Promise<Outcome<Data> | null>;
  running: ShallowRef<boolean>;
  /** The last answer was a no; shown by `ui/RefusalNote`. */
  refusal: ShallowRef<AnyRefusal | null>;
  failure: ShallowRef<Failure | null>;
  /** Forgets refusal and failure. */
  clear: () => void;
}

export function useMutation<Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
): Mutation<Data, Variables> {
  const client = useApollo();
  const running = shallowRef(false);
  const refusal = shallowRef<AnyRefusal | null>(null);
  const failure = shallowRef<Failure | null>(null);

  function clear(): void {
    refusal.value = null;
    failure.value = null;
  }

  async function run(variables: Variables): Promise<Outcome<Data> | null> {
    clear();
    running.value = true;
    try {
      const { data } = await client.mutate({ mutation: document, variables } as never);
      const outcome = Object.values(data as object)[0] as Outcome<Data>;
      if (isMember(outcome) && isRefusal(outcome)) refusal.value = outcome;
      return outcome;
    } catch (error) {
      failure.value = failureOf(error);
      return null;
    } finally {
      running.value = false;
    }
  }
  return { run, running, refusal, failure, clear };
}

function isMember(outcome: unknown): outcome is AnyRefusal {
  return typeof outcome === 'object' && outcome !== null && '__typename' in outcome;
}
