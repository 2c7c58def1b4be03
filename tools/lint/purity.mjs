// What a layer must not reach for: clocks, chance, the environment, a bulk path row by row. Selectors are combined here because
// a later block of a flat config replaces the options of an earlier one. @source style.md §13, architecture.md §6

const realTime = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Ask the clock of @varde/platform-time (a domain is told the time): tests move it.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Ask the clock of @varde/platform-time (a domain is told the time): tests move it.',
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: 'Date() reads the machine’s clock: ask the clock of @varde/platform-time.',
  },
];

const sqlTime = ['TemplateElement[value.raw=', 'Literal[value='].map((node) => ({
  selector: `${node}/(^|[^.\\w])(now\\(\\)|(current|local)_?timestamp\\b|statement_timestamp\\(|transaction_timestamp\\()/i]`,
  message: 'SQL asks platform.clock(): now() cannot be moved and is the start of the transaction.',
}));

const environment = [
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message:
      'The environment is read once, in main.ts, through readConfig(): take it from the config.',
  },
];

const chance = [
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'A domain does not throw dice: take the value as an argument.',
  },
];

const hiddenImports = [
  {
    selector: 'ImportExpression',
    message: 'A pure library imports at its head, where the fences see it.',
  },
  {
    selector: 'TSImportEqualsDeclaration',
    message: 'A pure library imports at its head, where the fences see it.',
  },
];

const luxonClock = [
  {
    selector: "MemberExpression[object.name='DateTime'][property.name=/^(now|local)$/]",
    message:
      'DateTime.now() and DateTime.local() read the machine’s clock: build it from an Instant.',
  },
  {
    selector:
      "CallExpression[callee.object.name='DateTime'][callee.property.name='utc'][arguments.length=0]",
    message: 'DateTime.utc() reads the machine’s clock: build it from an Instant.',
  },
  {
    selector: 'MemberExpression[property.name=/^(diffNow|toRelative|toRelativeCalendar)$/]',
    message: 'This reads the machine’s clock: compare two Instants.',
  },
];

const producer = [
  {
    selector: "CallExpression[callee.property.name='producer']",
    message:
      'One producer per process, in libs/platform/kafka: publish through EventBus or the outbox.',
  },
];

const rowByRow = [
  {
    selector: "CallExpression[callee.property.name='save']",
    message:
      'save() is a select and a transaction per row (0.9 k rows/s): write the SQL for all of them.',
  },
];

const restrict = (lists) => ({ 'no-restricted-syntax': ['error', ...lists.flat()] });

/** Code that runs in a program: no clock of its own, no environment, no producer beside the bus. */
export const shellPurity = restrict([realTime, sqlTime, environment, producer]);

/** The same on a bulk path, where TypeORM's `save` would cost a factor of a hundred. */
export const bulkPurity = restrict([realTime, sqlTime, environment, producer, rowByRow]);

/** Where real time is meant: each file that uses this says why in eslint.config.mjs. */
export const realTimeMeant = restrict([sqlTime, environment, producer]);

/** The one library that holds the broker's client. */
export const busPurity = restrict([realTime, sqlTime, environment]);

/** `main.ts`: reads the environment, and nothing else that others may not. */
export const entryPurity = restrict([realTime, sqlTime, producer]);

/** Specs and test set-up stand outside: they may talk to the broker as the network does and read the environment. */
export const testPurity = restrict([realTime]);

/** Kernel and domains: no clock, no chance, no environment, no import that a fence cannot see. */
export const pure = restrict([realTime, environment, chance, hiddenImports, luxonClock]);

/** Globals that do I/O, wait or read a clock. */
export const impureGlobals = [
  ...['process', 'require', 'module', 'globalThis', 'fetch', 'console', 'performance', 'crypto'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'Buffer', 'XMLHttpRequest'],
].map((name) => ({
  name,
  message: 'A domain decides; the shell does. Take what it says as an argument.',
}));

const luxonAndIcu = ['luxon', 'intl-messageformat'];

/** The pure packages that each pure library may name, beside the kernel and its own files. */
export const pureImports = {
  'libs/kernel': [],
  'libs/incident/domain': ['@varde/kernel'],
  'libs/audience/domain': ['@varde/kernel'],
  'libs/communication/domain': ['@varde/kernel', ...luxonAndIcu],
  'libs/delivery/domain': ['@varde/kernel'],
};

/** Refuses every import that does not stand on the list; a relative one stays inside by the boundary rule. */
export const onlyImports = (names) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        {
          regex: `^(?!\\.{1,2}/${names.map((name) => `|${name}$`).join('')})`,
          message: `A pure library imports its own files${names.length > 0 ? ` and ${names.join(', ')}` : ''}, nothing that does I/O or reads a clock.`,
        },
      ],
    },
  ],
});
