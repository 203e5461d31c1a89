import { computed, inject, shallowRef, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue';

export interface StoreInScope {
  id: string;
  brandId: string;
  code: string;
  name: string;
  timeZone: string;
  currency: string;
}

/** Who is signed in and what this person may do. */
export interface Session {
  staff: { id: string; name: string; email: string | null };
  roles: readonly string[];
  scopes: ReadonlySet<string>;
  brands: readonly { id: string; name: string }[];
  /** The stores this person works with. */
  stores: readonly StoreInScope[];
  /** False: only the stores listed. */
  allStores: boolean;
}

export interface SessionStore {
  /** null: nobody is signed in; undefined: not asked yet. */
  session: ShallowRef<Session | null | undefined>;
  may: (scope: string | readonly string[] | undefined) => boolean;
  /** Asks the server who is signed in; once, until `refresh`. */
  ready: () => Promise<void>;
  refresh: () => Promise<void>;
  forget: () => void;
}

/** @param load null where nobody is signed in */
export function createSession(load: () => Promise<Session | null>): SessionStore {
  const session = shallowRef<Session | null>();
  let asked: Promise<void> | null = null;
  const refresh = async (): Promise<void> => {
    session.value = await load();
  };
  return {
    session,
    may: (scope) => allows(session.value?.scopes ?? new Set(), scope),
    ready: () => {
      asked ??= refresh().catch((error: unknown) => {
        asked = null;
        throw error;
      });
      return asked;
    },
    refresh: () => {
      asked = refresh();
      return asked;
    },
    forget: () => {
      session.value = null;
      asked = Promise.resolve();
    },
  };
}

/** No scope asked: everybody may; of several any one is enough. */
export function allows(scopes: ReadonlySet<string>, asked: string | readonly string[] | undefined): boolean {
  if (asked === undefined) return true;
  const wanted = typeof asked === 'string' ? [asked] : asked;
  return wanted.some((scope) => scopes.has(scope));
}

export const sessionKey: InjectionKey<SessionStore> = Symbol('session');

export function useSessionStore(): SessionStore {
  const store = inject(sessionKey);
  if (store === undefined) throw new Error('No session is provided.');
  return store;
}

/** The signed-in person, on pages behind the sign-in, and what the person may do. */
export function useSession(): { session: ComputedRef<Session>; may: SessionStore['may'] } {
  const store = useSessionStore();
  const session = computed(() => {
    const now = store.session.value;
    if (!now) throw new Error('Nobody is signed in.');
    return now;
  });
  return { session, may: store.may };
}
