/** Who may import whom. The rules and their numbers are those of docs/decisions and CONTRIBUTING: "who imports whom". */

const API = '^packages/api/src/';
const TEST_FILE = '\\.test\\.ts$';

/** Lowest first; rooms of one level do not know each other. */
const LEVELS = [
  ['company'],
  ['profiles', 'catalog'],
  ['activity'],
  ['segments'],
  ['offers'],
  ['loyalty'],
  ['orders'],
  ['messaging'],
  ['campaigns', 'journeys'],
  ['reports'],
  ['exchange'],
  ['home'],
];
const ROOMS = LEVELS.flat();
const ANY_ROOM = `${API}(${ROOMS.join('|')})/`;

function onlyDownward(room) {
  const level = LEVELS.findIndex((rooms) => rooms.includes(room));
  const closed = LEVELS.slice(level)
    .flat()
    .filter((other) => other !== room);
  return {
    name: `downward-from-${room}`,
    comment: `${room} may import only rooms below it; what it needs from the others comes by event or registry.`,
    severity: 'error',
    from: { path: `${API}${room}/` },
    to: { path: `${API}(${closed.join('|')})/` },
  };
}

const forbidden = [
  {
    name: 'packages-apart',
    comment:
      'api, admin and pos-client never import each other: the apps know the API by schema.graphql alone.',
    severity: 'error',
    from: { path: '^packages/(api|admin|pos-client)/' },
    to: { path: '^packages/(api|admin|pos-client)/', pathNot: '^packages/$1/' },
  },
  {
    name: 'nothing-imports-test',
    comment: 'The stories across packages use the product, never the other way round.',
    severity: 'error',
    from: { path: '^packages/' },
    to: { path: '^test/' },
  },
  {
    name: 'shared-is-pure',
    comment: 'shared imports nothing of ours.',
    severity: 'error',
    from: { path: '^packages/shared/', pathNot: TEST_FILE },
    to: { path: '^packages/(?!shared/)' },
  },
  {
    name: 'shared-knows-no-node',
    comment: 'shared runs in browsers too.',
    severity: 'error',
    from: { path: '^packages/shared/', pathNot: TEST_FILE },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'platform-knows-no-room',
    comment: 'platform holds no business word, so it imports neither rooms nor what assembles them.',
    severity: 'error',
    from: { path: `${API}platform/`, pathNot: [TEST_FILE, `${API}platform/database/migrations/`] },
    to: { path: API, pathNot: `${API}platform/` },
  },
  {
    name: 'platform-tests-know-no-room',
    comment: 'A test of platform may use the test harness, no room.',
    severity: 'error',
    from: { path: `${API}platform/.*${TEST_FILE}` },
    to: { path: ANY_ROOM },
  },
  {
    name: 'rooms-know-no-assembly',
    comment: 'main, cli → app → schema, pages → rooms → platform.',
    severity: 'error',
    from: { path: ANY_ROOM, pathNot: TEST_FILE },
    to: { path: [`${API}[^/]+\\.ts$`, `${API}(pages|demo|cli)/`] },
  },
  {
    name: 'schema-knows-no-app',
    comment: 'main, cli → app → schema, pages.',
    severity: 'error',
    from: { path: [`${API}(schema|entities)\\.ts$`, `${API}pages/`], pathNot: TEST_FILE },
    to: { path: `${API}(app|main|cli|start)\\.ts$` },
  },
  {
    name: 'app-knows-no-entry',
    comment: 'main, cli → app.',
    severity: 'error',
    from: { path: `${API}app\\.ts$` },
    to: { path: `${API}(main|cli|start)\\.ts$` },
  },
  {
    name: 'known-rooms',
    comment: 'A new room gets its place in LEVELS first.',
    severity: 'error',
    from: { path: `${API}(?!(${ROOMS.join('|')}|platform|testing|pages|demo|cli)/)[^/]+/` },
    to: {},
  },
  {
    name: 'rooms-by-the-door',
    comment: 'A room is entered through its index.ts.',
    severity: 'error',
    from: { path: `${API}([^/]+)/`, pathNot: `${API}testing/` },
    to: { path: ANY_ROOM, pathNot: [`${API}$1/`, `${API}[^/]+/index\\.ts$`] },
  },
  ...ROOMS.map(onlyDownward),
  {
    name: 'graphql-only-in-schema',
    comment: '*.graphql.ts → use cases, never back: schema.ts alone collects them.',
    severity: 'error',
    from: { pathNot: `${API}schema\\.ts$` },
    to: { path: '\\.graphql\\.ts$' },
  },
  {
    name: 'furniture-points-down',
    comment: 'Tables, refusals and events know no set-based SQL and no transport.',
    severity: 'error',
    from: { path: '\\.(entity|errors|events)\\.ts$' },
    to: { path: '\\.(sql|graphql)\\.ts$' },
  },
  {
    name: 'tests-are-not-imported',
    comment: 'Neither tests nor the test harness are part of the product.',
    severity: 'error',
    from: { path: '^packages/', pathNot: [TEST_FILE, `${API}testing/`] },
    to: { path: [TEST_FILE, `${API}testing/`] },
  },
  {
    name: 'no-cycles',
    comment: 'Two tables may name each other; nothing else may.',
    severity: 'error',
    from: {},
    to: { circular: true, via: { pathNot: '\\.entity\\.ts$' } },
  },
  {
    name: 'resolvable',
    comment: 'What cannot be resolved cannot be judged.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true, pathNot: ['^virtual:', '\\?'] },
  },
];

export default {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/\\.cache)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.d.ts', '.js', '.mjs', '.vue', '.json'],
    },
  },
};
