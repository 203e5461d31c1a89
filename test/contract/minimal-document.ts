import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';

const TEXT: Record<string, string> = {
  DateTime: '"2026-11-22T09:00:00Z"',
  Date: '"2026-11-22"',
  Money: '"1.00"',
  Quantity: '"1"',
  CurrencyCode: '"RUB"',
  Int: '1',
  Float: '1',
  Boolean: 'true',
};

/**
 * The smallest document the schema accepts for a root field: what is required and nothing more, its texts `text`.
 * Whether a caller may is decided before anything in it is looked at.
 */
export function minimalDocument(
  operation: 'query' | 'mutation',
  field: GraphQLField<unknown, unknown>,
  text: string,
): string {
  const required = field.args.filter(isRequiredArgument);
  const values = required.map(({ name, type }) => `${name}: ${literal(type, text)}`);
  const selection = isLeafType(getNamedType(field.type)) ? '' : ' { __typename }';
  return `${operation} { ${field.name}${values.length > 0 ? `(${values.join(', ')})` : ''}${selection} }`;
}

function literal(type: GraphQLInputType, text: string): string {
  if (isNonNullType(type)) return literal(type.ofType, text);
  if (isListType(type)) return `[${literal(type.ofType, text)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'null';
  if (!isInputObjectType(type)) return TEXT[type.name] ?? JSON.stringify(text);
  const fields = Object.values(type.getFields());
  const chosen = type.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField);
  return `{ ${chosen.map(({ name, type: inner }) => `${name}: ${literal(inner, text)}`).join(', ')} }`;
}
