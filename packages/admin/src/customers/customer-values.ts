import type { VariablesOf } from '../app/graphql.ts';
import type { Attribute, Customer } from './operations.ts';
import type { updateCustomer } from './operations/changes.ts';

type Input = VariablesOf<typeof updateCustomer>['input'];

/** What the form edits; an empty text is "not known". */
export interface CustomerValues extends Record<string, unknown> {
  familyName: string;
  givenName: string;
  patronymic: string;
  birthDate: string;
  gender: Customer['gender'];
  preferredStoreCode: string | null;
  preferredChannel: Customer['preferredChannel'];
  doNotDisturb: boolean;
  tags: string[];
  attributes: Record<string, unknown>;
}

export function valuesOf(customer: Customer): CustomerValues {
  return {
    familyName: customer.familyName ?? '',
    givenName: customer.givenName ?? '',
    patronymic: customer.patronymic ?? '',
    birthDate: customer.birthDate ?? '',
    gender: customer.gender,
    preferredStoreCode: customer.preferredStore?.code ?? null,
    preferredChannel: customer.preferredChannel,
    doNotDisturb: customer.doNotDisturb,
    tags: [...customer.tags],
    attributes: Object.fromEntries(
      editable(customer.attributes).map(({ code, value }) => [code, value ?? null]),
    ),
  };
}

/** Only attributes that differ are told: those nobody touched stay as they are, whoever changes them meanwhile. */
export function inputOf(
  values: CustomerValues,
  attributes: readonly Attribute[],
): Omit<Input, 'profileId' | 'version'> {
  const { familyName, givenName, patronymic, birthDate, attributes: told, ...others } = values;
  const changed = editable(attributes).filter(
    ({ code, value }) => JSON.stringify(told[code] ?? null) !== JSON.stringify(value ?? null),
  );
  return {
    ...others,
    familyName: orNull(familyName),
    givenName: orNull(givenName),
    patronymic: orNull(patronymic),
    birthDate: orNull(birthDate),
    ...(changed.length === 0
      ? {}
      : { attributes: Object.fromEntries(changed.map(({ code }) => [code, told[code] ?? null])) }),
  };
}

function editable(attributes: readonly Attribute[]): Attribute[] {
  return attributes.filter(({ type, archived }) => type !== null && !archived);
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
