import { computed, reactive, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { isRefusal, type AnyRefusal } from '../app/refusal.ts';
import { useSession, type StoreInScope } from '../app/session.ts';
import { useQuery, type Query } from '../app/use-query.ts';
import { useUrlState } from '../ui/use-url-state.ts';
import { basketText, readBasket, type BasketLine } from './basket.ts';
import { testReceipt, unpublished, type Tested } from './operations/test-receipt.ts';
import { mostFirst } from './use-rule-names.ts';

export type Who = 'UNKNOWN' | 'NEW' | 'KNOWN';
export type SpendKind = 'NONE' | 'MAX' | 'EXACT';

export interface TrialState extends Record<string, string> {
  lines: string;
  who: string;
  store: string;
  channel: string;
  /** RFC 3339; empty: now. */
  at: string;
  codes: string;
  spend: string;
  points: string;
  /** Ids of promotions that are tried although they are not published. */
  draft: string;
}

export interface Trial {
  state: TrialState;
  reset: () => void;
  lines: ShallowRef<readonly BasketLine[]>;
  /** Never in the address: it is somebody's. */
  shopper: { phone: string; verified: boolean };
  storeCode: ComputedRef<string>;
  timeZone: ComputedRef<string>;
  drafts: ComputedRef<readonly { id: string; name: string }[]>;
  query: Query<unknown>;
  tested: ComputedRef<Tested | null>;
  refusal: ComputedRef<AnyRefusal | null>;
}

const WAIT_MS = 250;

/** A receipt that is tried: what it is made of stands in the address, what comes of it is asked whenever that changes. */
export function useTrial(): Trial {
  const { session } = useSession();
  const { state, reset } = useUrlState<TrialState>({
    lines: '',
    who: 'UNKNOWN',
    store: '',
    channel: 'STORE',
    at: '',
    codes: '',
    spend: 'NONE',
    points: '',
    draft: '',
  });
  const lines = shallowRef<readonly BasketLine[]>(
    readBasket(state.lines).map((line) => ({ ...line, name: '' })),
  );
  const shopper = reactive({ phone: '', verified: true });
  watch(lines, (now) => (state.lines = basketText(now)));
  watch(
    () => state.lines,
    (text) => {
      // Back in the history of the browser, or "reset".
      if (text === basketText(lines.value)) return;
      const names = new Map(lines.value.map(({ sku, name }) => [sku, name]));
      lines.value = readBasket(text).map((line) => ({ ...line, name: names.get(line.sku) ?? '' }));
    },
  );
  const store = computed(
    () => session.value.stores.find(({ code }) => code === state.store) ?? usualStore(session.value.stores),
  );
  const offered = useQuery(unpublished, () => ({ brandId: store.value?.brandId ?? null, first: 50 }));
  const others = computed(() => offered.data.value?.promotions.edges.map(({ node }) => node) ?? []);
  const tried = computed(() => {
    const ids = state.draft.split(',');
    return others.value.filter(({ id }) => ids.includes(id));
  });

  const asked = computed(() => {
    if (lines.value.length === 0 || store.value === undefined) return null;
    const isKnown = state.who === 'KNOWN' && shopper.phone.trim() !== '';
    return {
      input: {
        lines: lines.value.map(({ sku, name, quantity, unitPrice }) => ({
          sku,
          quantity,
          unitPrice,
          ...(name === '' ? {} : { name }),
        })),
        shopper: isKnown ? { phone: shopper.phone.trim() } : null,
        asNewMember: state.who === 'NEW',
        storeCode: store.value.code,
        channel: state.channel === 'ONLINE' ? ('ONLINE' as const) : ('STORE' as const),
        at: state.at || null,
        promoCodes: state.codes
          .split(',')
          .map((code) => code.trim())
          .filter((code) => code !== ''),
        spendPoints: spendOf(state),
        verified: shopper.verified,
        draftPromotions: tried.value.map(({ id, title, groupId, priority, rules }) => ({
          id,
          title,
          groupId,
          priority,
          rules,
        })),
      },
    };
  });
  const settled = shallowRef(asked.value);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(asked, (now) => {
    clearTimeout(timer);
    timer = setTimeout(() => (settled.value = now), WAIT_MS);
  });
  const query = useQuery(testReceipt, () => settled.value);
  const answer = computed(() => query.data.value?.testReceipt ?? null);
  return {
    state,
    reset: () => {
      shopper.phone = '';
      reset();
    },
    lines,
    shopper,
    storeCode: computed(() => store.value?.code ?? ''),
    timeZone: computed(() => store.value?.timeZone ?? 'Europe/Moscow'),
    drafts: others,
    query,
    tested: computed(() => (answer.value?.__typename === 'ReceiptTested' ? answer.value : null)),
    refusal: computed(() =>
      answer.value !== null && isRefusal(answer.value) ? (answer.value as AnyRefusal) : null,
    ),
  };
}

/** The first of those in the currency most stores sell in. */
function usualStore(stores: readonly StoreInScope[]): StoreInScope | undefined {
  const [currency] = mostFirst(stores.map((store) => store.currency));
  return stores.find((store) => store.currency === currency);
}

function spendOf({ spend, points }: TrialState): { max: true } | { exact: number } | null {
  if (spend === 'MAX') return { max: true };
  const exact = Number(points);
  return spend === 'EXACT' && Number.isInteger(exact) && exact > 0 ? { exact } : null;
}
