import { useRoute, useRouter } from 'vue-router';

/** Which sentence is open stands in the URL. */
export function useOpen(): { open: (name: string) => void } {
  const route = useRoute();
  const router = useRouter();
  return { open: (name) => void router.replace({ query: { ...route.query, open: name } }) };
}
