import vue from 'eslint-plugin-vue';
import vueParser from 'vue-eslint-parser';

const at = { line: 1, column: 0 };
const node = (type, more) => ({
  type,
  range: [0, 0],
  start: 0,
  end: 0,
  loc: { start: at, end: at },
  ...more,
});
const program = (body) => node('Program', { body, tokens: [], comments: [], sourceType: 'module' });

/** Reads no TypeScript: a script is empty, and the type parameters of a generic component are left out. */
const noTypes = {
  parse: (code) =>
    code.startsWith('void function<')
      ? program([
          node('ExpressionStatement', { expression: node('UnaryExpression', { argument: node('Literal') }) }),
        ])
      : program([]),
};

/** Templates only: scripts are checked by oxlint and by the type checker, which read TypeScript. */
export default [
  { ignores: ['**/dist/**', '**/node_modules/**'] },
  ...vue.configs['flat/recommended'].map((config) => ({ ...config, files: ['packages/*/src/**/*.vue'] })),
  {
    files: ['packages/*/src/**/*.vue'],
    languageOptions: {
      parser: vueParser,
      parserOptions: { parser: { ts: noTypes, '<template>': 'espree' } },
    },
    rules: {
      // Layout of templates belongs to the formatter.
      'vue/first-attribute-linebreak': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-self-closing': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/no-multi-spaces': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      // These read the script, which is not parsed here.
      'vue/require-default-prop': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      'vue/require-explicit-emits': 'off',
      'vue/no-unused-vars': 'error',
      'vue/no-template-shadow': 'error',
    },
  },
];
