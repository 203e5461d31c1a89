import type { ApolloClient } from '@apollo/client';
import { currentSession } from './operations.ts';
import type { Session } from './session.ts';

/** @returns null where nobody is signed in, or a code of the second factor is still missing */
export async function loadSession(client: ApolloClient): Promise<Session | null> {
  const { data } = await client.query({ query: currentSession, fetchPolicy: 'no-cache' });
  const session = data?.session ?? null;
  if (session?.state !== 'OPEN') return null;
  return { ...session, scopes: new Set(session.scopes) };
}
