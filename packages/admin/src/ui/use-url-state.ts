import { reactive, watch } from 'vue';
import { useRoute, useRouter, type LocationQuery, type LocationQueryRaw } from 'vue-router';

export type UrlValue = string | string[];
export type UrlValues = Record<string, UrlValue>;

/** What the query says, of the kind each default is of. */
export function readQuery<Values extends UrlValues>(query: LocationQuery, defaults: Values): Values {
  const entries = Object.entries(defaults).map(([name, initial]) => {
    const given = query[name];
    const texts = (Array.isArray(given) ? given : [given]).filter((text) => typeof text === 'string');
    if (Array.isArray(initial)) return [name, given === undefined ? initial : texts];
    return [name, texts[0] ?? initial];
  });
  return Object.fromEntries(entries) as Values;
}

/** The query that says the same: what equals its default is left out, what others wrote stays. */
export function writeQuery(query: LocationQuery, values: UrlValues, defaults: UrlValues): LocationQueryRaw {
  const others = Object.entries(query).filter(([name]) => !(name in defaults));
  const changed = Object.entries(values).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(defaults[name]),
  );
  return Object.fromEntries([...others, ...changed]);
}

/** State that lives in the URL: a link, a reload and "back" show the same. Values are texts or lists of texts. */
export function useUrlState<Values extends UrlValues>(
  defaults: Values,
): { state: Values; reset: () => void; isDefault: () => boolean } {
  const [route, router] = [useRoute(), useRouter()];
  const { path } = route;
  const state = reactive(readQuery(route.query, defaults)) as Values;
  watch(state, () => {
    if (JSON.stringify(readQuery(route.query, defaults)) === JSON.stringify(state)) return;
    void router.replace({ query: writeQuery(route.query, state, defaults), hash: route.hash });
  });
  watch(
    () => route.query,
    (query) => {
      if (route.path === path) Object.assign(state, readQuery(query, defaults));
    },
  );
  return {
    state,
    reset: () => Object.assign(state, structuredClone(defaults)),
    isDefault: () => JSON.stringify(state) === JSON.stringify(defaults),
  };
}
