import { createRenderer, nextTick, shallowRef, type ShallowRef } from 'vue';
import { createI18n } from 'vue-i18n';
import { beforeEach, expect, test, vi } from 'vitest';
import { useForm, type Form, type FormOptions, type Loaded } from './use-form.ts';

type Values = { name: string; city: string };
type Outcome = Awaited<ReturnType<FormOptions<Values>['save']>>;

const nothing = (): void => undefined;
/** Mounts into nothing: what a form does needs no page. */
const { createApp } = createRenderer<object, object>({
  createComment: () => ({}),
  createElement: () => ({}),
  createText: () => ({}),
  insert: nothing,
  nextSibling: () => null,
  parentNode: () => null,
  patchProp: nothing,
  remove: nothing,
  setElementText: nothing,
  setText: nothing,
});

class MemoryStorage extends Map<string, string> {
  getItem(key: string): string | null {
    return this.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.set(key, value);
  }
  removeItem(key: string): void {
    this.delete(key);
  }
}

beforeEach(() => {
  vi.stubGlobal('localStorage', new MemoryStorage());
});

interface Opened {
  form: Form<Values>;
  server: ShallowRef<Loaded<Values>>;
  sent: { values: Values; version: number | null }[];
  close: () => void;
}

const STORE: Loaded<Values> = { values: { name: 'Север', city: 'Омск' }, version: 3 };

/** @param answers of the server, one a save */
function open(answers: Outcome[] = [], options: Partial<FormOptions<Values>> = {}, store = STORE): Opened {
  const server = shallowRef(store);
  const sent: Opened['sent'] = [];
  let form: Form<Values> | undefined;
  const app = createApp({
    setup: () => {
      form = useForm<Values>({
        draft: 'store.1',
        loaded: () => server.value,
        save: async (values, version) => {
          sent.push({ values, version });
          return answers.length > 0 ? (answers.shift() ?? null) : { __typename: 'StoreChanged' };
        },
        ...options,
      });
      return () => null;
    },
  });
  app.use(
    createI18n({ legacy: false, locale: 'en', messages: { en: { problems: { DUPLICATE: 'Exists' } } } }),
  );
  app.mount({});
  if (form === undefined) throw new Error('setup did not run');
  return { form, server, sent, close: () => app.unmount() };
}

test('a draft outlives the page, and is forgotten once it is saved', async () => {
  const first = open();
  first.form.values.name = 'Юг';
  await nextTick();
  first.close();

  const second = open();
  expect([second.form.values.name, second.form.restored.value]).toEqual(['Юг', true]);
  expect(await second.form.submit()).toBe(true);
  expect(second.sent).toEqual([{ values: { name: 'Юг', city: 'Омск' }, version: 3 }]);
  expect(open().form.restored.value).toBe(false);
});

test('a draft made from an older version is not put over what others changed', async () => {
  const first = open();
  first.form.values.name = 'Юг';
  await nextTick();
  const later = open([], {}, { values: { name: 'Запад', city: 'Омск' }, version: 4 });
  expect([later.form.values.name, later.form.restored.value]).toEqual(['Запад', false]);
});

test('personal data leaves no draft behind', async () => {
  const { form } = open([], { draft: null });
  form.values.name = 'Анна';
  await nextTick();
  expect(open([], { draft: null }).form.values.name).toBe('Север');
});

test('a problem stands at its field, and what was typed stays', async () => {
  const problems = [{ path: ['input', 'name'], code: 'DUPLICATE' }];
  const { form } = open([{ __typename: 'InvalidInput', problems } as Outcome]);
  form.values.name = 'Юг';
  expect(await form.submit()).toBe(false);
  expect([form.problem('name'), form.problem('city'), form.values.name]).toEqual([['Exists'], [], 'Юг']);
});

test('somebody saved meanwhile: both edits are shown, put together, and saved on top of theirs', async () => {
  const reload = async (): Promise<void> => {
    server.value = { values: { name: 'Запад', city: 'Томск' }, version: 4 };
  };
  const { form, server, sent } = open([{ __typename: 'VersionConflict' }], { reload });
  form.values.name = 'Юг';
  expect(await form.submit()).toBe(false);
  expect(form.conflict.value).toMatchObject({
    merged: { name: 'Юг', city: 'Томск' },
    conflicts: [{ field: 'name', before: 'Север', mine: 'Юг', theirs: 'Запад' }],
    taken: ['city'],
  });
  expect(await form.settle({ name: 'Юг', city: 'Томск' })).toBe(true);
  expect(sent.at(-1)).toEqual({ values: { name: 'Юг', city: 'Томск' }, version: 4 });
  expect(form.conflict.value).toBeNull();
});

test('no answer: nothing is lost, and it can be sent again', async () => {
  const { form } = open([null]);
  form.values.name = 'Юг';
  expect(await form.submit()).toBe(false);
  expect([form.values.name, form.isDirty.value]).toEqual(['Юг', true]);
});

test('the next save is made from the version the last one brought', async () => {
  const { form, server, sent } = open([], {
    save: async (values, version) => {
      sent.push({ values, version });
      server.value = { values, version: (version ?? 0) + 1 };
      return { __typename: 'StoreChanged' };
    },
  });
  form.values.name = 'Юг';
  await form.submit();
  await nextTick();
  form.values.name = 'Восток';
  await form.submit();
  expect(sent.map(({ values, version }) => [values.name, version])).toEqual([
    ['Юг', 3],
    ['Восток', 4],
  ]);
});
