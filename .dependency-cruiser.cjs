// The second keeper of the import law: file by file, built-ins included, with no cache to miss. The first is the Nx rule in
// eslint.config.mjs. test/architecture/fences.spec.ts plants a violation of every rule here. @source architecture.md §6

const contexts = 'incident|audience|communication|delivery';
const testFiles = [
  '[.](spec|cases|fixture|contract|arbitrary)[.]ts$',
  '/domain/src/testing[.]ts$',
  '^libs/platform/[^/]+/src/testing/',
  '/domain/src/intake/examples[.]ts$',
  '^apps/sandbox/src/testing[.]ts$',
  '^libs/testing/',
  '^test/',
];

// Packages that a pure library may name, and where.
const purePackages = {
  incident: [],
  audience: [],
  communication: [
    '^node_modules/luxon/',
    '^node_modules/@types/luxon/',
    '^node_modules/intl-messageformat/',
  ],
  delivery: [],
};

const domainRules = Object.entries(purePackages).map(([context, packages]) => ({
  name: `${context}-domain-sees-kernel-and-itself`,
  comment: `The ${context} domain sees the kernel and its own files: nothing that does I/O or reads a clock.`,
  severity: 'error',
  from: { path: `^libs/${context}/domain/src/`, pathNot: testFiles },
  to: {
    pathNot: [
      '^libs/kernel/src/index[.]ts$',
      `^libs/${context}/domain/src/`,
      `^libs/${context}/templates/.+[.]json$`,
      ...packages,
    ],
  },
}));

// A library is entered by its index.ts; a domain has two further doors.
const libraries = [
  'libs/kernel',
  'libs/contracts',
  'libs/migrations',
  'libs/testing',
  'libs/delivery/channels',
  'infra/local',
  ...[
    'auth',
    'config',
    'database',
    'http',
    'jobs',
    'kafka',
    'observability',
    'outbox',
    'secrets',
    'time',
  ].map((name) => `libs/platform/${name}`),
  ...contexts.split('|').flatMap((name) => [`libs/${name}/domain`, `libs/${name}/feature`]),
];

const doorRules = libraries.map((library) => ({
  name: `${library.replace(/^libs\//, '').replace(/\//g, '-')}-is-entered-by-its-door`,
  comment: `Import ${library} through its index.ts (a domain also by vocabulary.ts or testing.ts).`,
  severity: 'error',
  from: { pathNot: [`^${library}/`] },
  to: {
    path: `^${library}/`,
    pathNot: library.endsWith('/domain')
      ? [`^${library}/src/(index|vocabulary|testing)[.]ts$`]
      : [`^${library}/src/index[.]ts$`],
  },
}));

/** From a layer's production code to anything of ours that is not on its list. */
const layerRule = (name, from, seen, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: testFiles },
  to: { path: '^(apps|libs|infra|test|tools)/', pathNot: seen },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle is a missing word: give what both need a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-tests-in-production',
      comment: 'What runs in a program does not import what only tests use.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: testFiles },
      to: { path: testFiles },
    },
    {
      name: 'no-dev-packages-in-production',
      comment: 'A program runs without its development packages.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: testFiles },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/@types/',
      },
    },
    {
      name: 'kernel-imports-nothing',
      comment: 'The kernel stands on nothing, built-ins included.',
      severity: 'error',
      from: { path: '^libs/kernel/', pathNot: testFiles },
      to: { pathNot: '^libs/kernel/src/' },
    },
    ...domainRules,
    ...doorRules,
    {
      name: 'contracts-see-kernel-vocabularies-and-zod',
      comment: 'Contracts enter a domain by vocabulary.ts only, and know no package but zod.',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: testFiles },
      to: {
        pathNot: [
          '^libs/contracts/',
          '^libs/kernel/src/index[.]ts$',
          `^libs/(${contexts})/domain/src/vocabulary[.]ts$`,
          '^node_modules/zod/',
        ],
      },
    },
    layerRule(
      'platform-sees-kernel-and-contracts',
      '^libs/platform/',
      ['^libs/(kernel|contracts|platform)/'],
      'Platform serves every context and knows none.',
    ),
    layerRule(
      'channels-see-kernel-contracts-and-their-domain',
      '^libs/delivery/channels/',
      ['^libs/(kernel|contracts)/', '^libs/delivery/(channels|domain)/'],
      'A channel turns a message into a provider call and an answer into an outcome, nothing else.',
    ),
    {
      name: 'context-never-enters-another',
      comment:
        'Contexts speak by facts and ids: consume the other context’s event into a table of your own.',
      severity: 'error',
      from: { path: `^libs/(${contexts})/` },
      to: { path: `^libs/(${contexts})/`, pathNot: '^libs/$1/' },
    },
    layerRule(
      'feature-sees-its-own-domain-and-platform',
      `^libs/(${contexts})/feature/`,
      ['^libs/(kernel|contracts|platform)/', '^libs/$1/(domain|feature|channels)/'],
      'A feature stands on its own domain, contracts and platform; not on programs, migrations or tests.',
    ),
    layerRule(
      'migrations-stand-alone',
      '^libs/migrations/',
      ['^libs/(migrations|kernel)/'],
      'A migration is frozen: what it needs is written in it.',
    ),
    layerRule(
      'programs-compose-features',
      '^apps/(api|engine)/',
      ['^apps/$1/', '^libs/(kernel|contracts|platform)/', `^libs/(${contexts})/feature/`],
      'A program composes features, platform and contracts. It is no other program.',
    ),
    layerRule(
      'courier-holds-the-channels',
      '^apps/courier/',
      [
        '^apps/courier/',
        '^libs/(kernel|contracts|platform)/',
        `^libs/(${contexts})/feature/`,
        '^libs/delivery/channels/',
      ],
      'The courier composes features like every program, and it alone holds channels with their secrets.',
    ),
    layerRule(
      'cli-is-the-machine-room',
      '^apps/cli/',
      [
        '^apps/cli/',
        '^libs/(kernel|contracts|platform|migrations)/',
        `^libs/(${contexts})/feature/`,
      ],
      'The command line speaks to the API, or works in the machine room with features and migrations.',
    ),
    layerRule(
      'sandbox-is-the-outside-world',
      '^apps/sandbox/',
      ['^apps/sandbox/', '^libs/kernel/', '^libs/platform/(config|observability|time)/'],
      'The sandbox stands for other people’s systems: it must not know ours.',
    ),
    layerRule(
      'launcher-knows-no-product',
      '^infra/local/',
      ['^infra/local/'],
      'The launcher starts servers; it imports no library of the product.',
    ),
    {
      name: 'nobody-imports-a-program',
      comment:
        'Libraries do not know programs; stories and tools stand outside and may start them.',
      severity: 'error',
      from: { path: '^(libs|infra)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'kafkajs-behind-the-bus',
      comment:
        'kafkajs is not maintained: it stays in libs/platform/kafka, behind EventBus (S-36).',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/platform/kafka/', ...testFiles] },
      to: { path: '^node_modules/kafkajs/' },
    },
    {
      name: 'bullmq-behind-jobs',
      comment: 'queue.add() hangs while Redis is away: only libs/platform/jobs holds BullMQ.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/platform/jobs/', ...testFiles] },
      to: { path: '^node_modules/bullmq/' },
    },
    {
      name: 'providers-behind-channels',
      comment:
        'A provider’s package stays in its channel’s folder; the sandbox plays the other side.',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: ['^libs/delivery/channels/', '^apps/sandbox/', ...testFiles],
      },
      to: { path: '^node_modules/(twilio|nodemailer)/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['^dist/', '^[.]nx/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.cjs', '.mjs', '.json', '.d.ts'],
    },
  },
};
