import { GraphQLError, Kind, visit, type ASTVisitor, type ValidationContext } from 'graphql';

/** Of one operation, counted by the complexity plugin before anything runs. */
export const COST_LIMITS = { complexity: 20_000, depth: 15, breadth: 400 };

export const MAX_TOKENS = 4_000;
export const MAX_BODY_BYTES = 8 * 1024 * 1024;
const MAX_ALIASES = 30;
const MAX_DIRECTIVES = 30;
const MAX_ROOT_FIELDS = 20;
/** Within one definition; what cost limits leave uncounted is introspection. */
const MAX_DEPTH = 20;

/** Refuses a document that repeats itself by aliases, directives or root fields, which cost limits do not see. */
export function documentLimits(context: ValidationContext): ASTVisitor {
  return {
    Document(document) {
      let aliases = 0;
      let directives = 0;
      let depth = 0;
      let deepest = 0;
      visit(document, {
        Field(field) {
          if (field.alias) aliases += 1;
        },
        SelectionSet: {
          enter() {
            depth += 1;
            deepest = Math.max(deepest, depth);
          },
          leave() {
            depth -= 1;
          },
        },
        Directive() {
          directives += 1;
        },
      });
      refuseAbove(context, 'aliases', aliases, MAX_ALIASES);
      refuseAbove(context, 'directives', directives, MAX_DIRECTIVES);
      refuseAbove(context, 'levels', deepest, MAX_DEPTH);
      for (const definition of document.definitions) {
        if (definition.kind === Kind.OPERATION_DEFINITION) {
          refuseAbove(context, 'root fields', definition.selectionSet.selections.length, MAX_ROOT_FIELDS);
        }
      }
      return undefined;
    },
  };
}

function refuseAbove(context: ValidationContext, what: string, count: number, limit: number): void {
  if (count > limit) {
    context.reportError(
      new GraphQLError(`The document has ${count} ${what}; at most ${limit} are accepted.`, {
        extensions: { code: 'BAD_REQUEST' },
      }),
    );
  }
}
