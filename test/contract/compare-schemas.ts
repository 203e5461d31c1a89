import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
  print,
  type GraphQLArgument,
  type GraphQLEnumType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLUnionType,
} from 'graphql';

/**
 * What a client written against `contract` would miss in `schema` (both SDL), one line each; additions that break
 * nobody are silent. Positions are `Type.field(argument)`.
 * @param left what does not belong to this release: `Type` or `Type.field`
 */
export function missingOf(contract: string, printed: string, left: ReadonlySet<string>): string[] {
  const schema: GraphQLSchema = buildSchema(printed);
  return Object.values(buildSchema(contract).getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !left.has(type.name))
    .flatMap((type) => missingOfType(type, schema.getType(type.name), left));
}

function missingOfType(
  expected: GraphQLNamedType,
  actual: GraphQLNamedType | undefined,
  left: ReadonlySet<string>,
): string[] {
  const { name } = expected;
  if (actual === undefined) return [`${name} is gone`];
  if (expected.constructor !== actual.constructor) return [`${name} is another kind of type`];
  if (hasFields(expected) && hasFields(actual)) return ofFields(expected, actual, left);
  if (isEnumType(expected) && isEnumType(actual)) return ofEnum(expected, actual);
  if (isUnionType(expected) && isUnionType(actual)) return ofUnion(expected, actual, left);
  if (isInputObjectType(expected) && isInputObjectType(actual)) return ofInput(expected, actual);
  return [];
}

type WithFields = GraphQLObjectType | GraphQLInterfaceType;

function hasFields(type: GraphQLNamedType): type is WithFields {
  return isObjectType(type) || isInterfaceType(type);
}

function ofFields(expected: WithFields, actual: WithFields, left: ReadonlySet<string>): string[] {
  const interfaces = new Set(actual.getInterfaces().map(({ name }) => name));
  const lost = expected.getInterfaces().filter(({ name }) => !interfaces.has(name));
  const fields = actual.getFields();
  return [
    ...lost.map(({ name }) => `${expected.name} no longer implements ${name}`),
    ...Object.values(expected.getFields()).flatMap((field) => {
      const position = `${expected.name}.${field.name}`;
      if (left.has(position)) return [];
      const found = fields[field.name];
      if (found === undefined) return [`${position} is gone`];
      return [...ofType(position, field, found), ...ofArguments(position, field.args, found.args)];
    }),
  ];
}

function ofType(position: string, expected: { type: unknown }, actual: { type: unknown }): string[] {
  const [wanted, got] = [String(expected.type), String(actual.type)];
  return wanted === got ? [] : [`${position} is ${got} instead of ${wanted}`];
}

function ofArguments(
  position: string,
  expected: readonly GraphQLArgument[],
  actual: readonly GraphQLArgument[],
): string[] {
  const names = new Set(expected.map(({ name }) => name));
  const added = actual.filter((argument) => !names.has(argument.name) && isRequiredArgument(argument));
  return [
    ...added.map(({ name }) => `${position}(${name}) is new and required`),
    ...expected.flatMap((argument) =>
      ofInputValue(
        `${position}(${argument.name})`,
        argument,
        actual.find(({ name }) => name === argument.name),
      ),
    ),
  ];
}

type InputValue = GraphQLArgument | GraphQLInputField;

function ofInputValue(position: string, expected: InputValue, actual: InputValue | undefined): string[] {
  if (actual === undefined) return [`${position} is gone`];
  const [wanted, got] = [defaultOf(expected), defaultOf(actual)];
  return [
    ...ofType(position, expected, actual),
    ...(wanted === got ? [] : [`${position} is ${got} by default instead of ${wanted}`]),
  ];
}

/** As written: both schemas are made of SDL. */
function defaultOf({ default: given }: InputValue): string {
  return given?.literal === undefined ? 'nothing' : print(given.literal);
}

function ofEnum(expected: GraphQLEnumType, actual: GraphQLEnumType): string[] {
  const names = new Set(actual.getValues().map(({ name }) => name));
  const lost = expected.getValues().filter(({ name }) => !names.has(name));
  return lost.map(({ name }) => `${expected.name}.${name} is gone`);
}

function ofUnion(expected: GraphQLUnionType, actual: GraphQLUnionType, left: ReadonlySet<string>): string[] {
  const names = new Set(actual.getTypes().map(({ name }) => name));
  const lost = expected.getTypes().filter(({ name }) => !names.has(name) && !left.has(name));
  const known = new Set(expected.getTypes().map(({ name }) => name));
  // A client tolerates a new refusal; a new kind of success it would take for nothing.
  const added = actual
    .getTypes()
    .filter((type) => !known.has(type.name) && !type.getInterfaces().some(({ name }) => name === 'Refusal'));
  return [
    ...lost.map(({ name }) => `${expected.name} no longer answers ${name}`),
    ...added.map(({ name }) => `${expected.name} answers ${name}, a success nobody knows`),
  ];
}

function ofInput(expected: GraphQLInputObjectType, actual: GraphQLInputObjectType): string[] {
  const wanted = expected.getFields();
  const fields = actual.getFields();
  const added = Object.values(fields).filter(
    (field) => !(field.name in wanted) && isRequiredInputField(field),
  );
  return [
    ...(expected.isOneOf === actual.isOneOf ? [] : [`${expected.name} is @oneOf in one of the two only`]),
    ...added.map(({ name }) => `${expected.name}.${name} is new and required`),
    ...Object.values(wanted).flatMap((field) =>
      ofInputValue(`${expected.name}.${field.name}`, field, fields[field.name]),
    ),
  ];
}
