/** A file in a small copy of the tree, made for the length of a test. */
export interface PlantedFile {
  /** What somebody tried, as the end of a sentence: "refuses that …". */
  readonly tried: string;
  readonly file: string;
  readonly imports: readonly string[];
  /** Which rule of `.dependency-cruiser.cjs` must refuse it. */
  readonly rule: string;
}

const plant = (rule: string, tried: string, file: string, ...imports: string[]): PlantedFile => ({
  rule,
  tried,
  file,
  imports,
});

const contexts = ['incident', 'audience', 'communication', 'delivery'] as const;
const domain = (context: string): string => `libs/${context}/domain/src/planted`;

/** What dependency-cruiser must refuse. Every file has a name of its own. */
export const plantedFiles: readonly PlantedFile[] = [
  plant('no-cycles', 'two files import each other', 'libs/kernel/src/cycle-a.ts', './cycle-b'),
  plant(
    'no-unresolvable',
    'an import leads nowhere',
    'libs/incident/feature/src/planted-nowhere.ts',
    './nowhere',
  ),
  plant(
    'no-tests-in-production',
    'a feature imports a case table',
    'libs/incident/feature/src/planted-cases.ts',
    './some.cases',
  ),
  plant(
    'no-tests-in-production',
    'a feature imports a domain’s builders',
    'libs/incident/feature/src/planted-builders.ts',
    '@varde/incident-domain/testing',
  ),
  plant(
    'no-tests-in-production',
    'a program imports the test library',
    'apps/engine/src/planted-testing.ts',
    '@varde/testing',
  ),
  plant(
    'no-dev-packages-in-production',
    'a feature imports a development package',
    'libs/incident/feature/src/planted-dev.ts',
    'fast-check',
  ),
  plant(
    'kernel-imports-nothing',
    'the kernel imports a built-in',
    'libs/kernel/src/planted-builtin.ts',
    'node:fs',
  ),
  plant(
    'kernel-imports-nothing',
    'the kernel imports contracts',
    'libs/kernel/src/planted-contracts.ts',
    '@varde/contracts',
  ),
  ...contexts.flatMap((context) => [
    plant(
      `${context}-domain-sees-kernel-and-itself`,
      `the ${context} domain reads a file`,
      `${domain(context)}-builtin.ts`,
      'node:fs',
    ),
    plant(
      `${context}-domain-sees-kernel-and-itself`,
      `the ${context} domain imports Nest`,
      `${domain(context)}-nest.ts`,
      '@nestjs/common',
    ),
    plant(
      `${context}-domain-sees-kernel-and-itself`,
      `the ${context} domain imports contracts`,
      `${domain(context)}-contracts.ts`,
      '@varde/contracts',
    ),
    plant(
      `${context}-domain-sees-kernel-and-itself`,
      `the ${context} domain imports platform`,
      `${domain(context)}-platform.ts`,
      '@varde/platform-time',
    ),
    plant(
      `${context}-domain-sees-kernel-and-itself`,
      `the ${context} domain imports zod`,
      `${domain(context)}-zod.ts`,
      'zod',
    ),
  ]),
  plant(
    'audience-domain-sees-kernel-and-itself',
    'the audience domain imports luxon',
    `${domain('audience')}-luxon.ts`,
    'luxon',
  ),
  plant(
    'incident-domain-sees-kernel-and-itself',
    'a domain enters another vocabulary',
    `${domain('incident')}-words.ts`,
    '@varde/audience-domain/vocabulary',
  ),
  plant(
    'context-never-enters-another',
    'a domain enters another domain’s builders',
    `${domain('incident')}-builders.ts`,
    '@varde/audience-domain/testing',
  ),
  plant(
    'context-never-enters-another',
    'a spec of one context enters another',
    'libs/incident/feature/src/planted.spec.ts',
    '@varde/audience-domain',
  ),
  plant(
    'context-never-enters-another',
    'a feature imports a foreign domain',
    'libs/delivery/feature/src/planted-foreign.ts',
    '@varde/communication-domain',
  ),
  plant(
    'context-never-enters-another',
    'a feature imports a foreign feature',
    'libs/delivery/feature/src/planted-feature.ts',
    '@varde/communication-feature',
  ),
  plant(
    'contracts-see-kernel-vocabularies-and-zod',
    'contracts enter a domain by its front door',
    'libs/contracts/src/planted-domain.ts',
    '@varde/incident-domain',
  ),
  plant(
    'contracts-see-kernel-vocabularies-and-zod',
    'contracts import platform',
    'libs/contracts/src/planted-platform.ts',
    '@varde/platform-config',
  ),
  plant(
    'contracts-see-kernel-vocabularies-and-zod',
    'contracts import a built-in',
    'libs/contracts/src/planted-builtin.ts',
    'node:crypto',
  ),
  plant(
    'platform-sees-kernel-and-contracts',
    'platform imports a domain',
    'libs/platform/time/src/planted-domain.ts',
    '@varde/incident-domain',
  ),
  plant(
    'platform-sees-kernel-and-contracts',
    'platform imports a feature',
    'libs/platform/http/src/planted-feature.ts',
    '@varde/incident-feature',
  ),
  plant(
    'channels-see-kernel-contracts-and-their-domain',
    'a channel imports platform',
    'libs/delivery/channels/src/planted-platform.ts',
    '@varde/platform-database',
  ),
  plant(
    'channels-see-kernel-contracts-and-their-domain',
    'a channel imports its feature',
    'libs/delivery/channels/src/planted-feature.ts',
    '@varde/delivery-feature',
  ),
  plant(
    'feature-sees-its-own-domain-and-platform',
    'a feature imports migrations',
    'libs/incident/feature/src/planted-migrations.ts',
    '@varde/migrations',
  ),
  plant(
    'feature-sees-its-own-domain-and-platform',
    'a feature imports the launcher',
    'libs/incident/feature/src/planted-local.ts',
    '@varde/local',
  ),
  plant(
    'migrations-stand-alone',
    'a migration imports a domain',
    'libs/migrations/src/planted-domain.ts',
    '@varde/communication-domain',
  ),
  plant(
    'programs-compose-features',
    'a program imports a domain',
    'apps/api/src/planted-domain.ts',
    '@varde/incident-domain',
  ),
  plant(
    'programs-compose-features',
    'the api imports channels and their secrets',
    'apps/api/src/planted-channels.ts',
    '@varde/delivery-channels',
  ),
  plant(
    'programs-compose-features',
    'the engine imports channels and their secrets',
    'apps/engine/src/planted-channels.ts',
    '@varde/delivery-channels',
  ),
  plant(
    'programs-compose-features',
    'a program imports another program',
    'apps/api/src/planted-engine.ts',
    '../../engine/src/planted-channels',
  ),
  plant(
    'courier-holds-the-channels',
    'the courier imports a domain',
    'apps/courier/src/planted-domain.ts',
    '@varde/incident-domain',
  ),
  plant(
    'cli-is-the-machine-room',
    'the command line imports channels',
    'apps/cli/src/planted-channels.ts',
    '@varde/delivery-channels',
  ),
  plant(
    'sandbox-is-the-outside-world',
    'the sandbox imports contracts',
    'apps/sandbox/src/planted-contracts.ts',
    '@varde/contracts',
  ),
  plant(
    'sandbox-is-the-outside-world',
    'the sandbox imports the database',
    'apps/sandbox/src/planted-database.ts',
    '@varde/platform-database',
  ),
  plant(
    'sandbox-is-the-outside-world',
    'the sandbox imports a feature',
    'apps/sandbox/src/planted-feature.ts',
    '@varde/delivery-feature',
  ),
  plant(
    'launcher-knows-no-product',
    'the launcher imports the kernel',
    'infra/local/src/planted-kernel.ts',
    '@varde/kernel',
  ),
  plant(
    'nobody-imports-a-program',
    'a library imports a program',
    'libs/incident/feature/src/planted-app.ts',
    '../../../../apps/engine/src/planted-channels',
  ),
  plant(
    'kafkajs-behind-the-bus',
    'a feature imports kafkajs',
    'libs/incident/feature/src/planted-kafkajs.ts',
    'kafkajs',
  ),
  plant(
    'bullmq-behind-jobs',
    'a feature imports BullMQ',
    'libs/incident/feature/src/planted-bullmq.ts',
    'bullmq',
  ),
  plant(
    'providers-behind-channels',
    'a feature imports Twilio',
    'libs/incident/feature/src/planted-twilio.ts',
    'twilio',
  ),
  plant(
    'providers-behind-channels',
    'the api imports nodemailer',
    'apps/api/src/planted-nodemailer.ts',
    'nodemailer',
  ),
];

const clean = (file: string, ...imports: string[]): Omit<PlantedFile, 'rule' | 'tried'> => ({
  file,
  imports,
});

/** Files with nothing wrong in them. */
export const cleanFiles: readonly Omit<PlantedFile, 'rule' | 'tried'>[] = [
  clean('libs/kernel/src/clean.ts', './index'),
  ...contexts.map((context) =>
    clean(`libs/${context}/domain/src/clean.ts`, '@varde/kernel', './vocabulary'),
  ),
  clean('libs/communication/domain/src/clean-packages.ts', 'luxon', 'intl-messageformat'),
  clean('libs/incident/domain/src/clean.spec.ts', 'fast-check', 'node:fs', './testing'),
  clean('libs/contracts/src/clean.ts', '@varde/kernel', '@varde/incident-domain/vocabulary', 'zod'),
  clean(
    'libs/platform/outbox/src/clean.ts',
    '@varde/kernel',
    '@varde/contracts',
    '@varde/platform-database',
    'pg',
  ),
  clean('libs/platform/kafka/src/clean.ts', 'kafkajs'),
  clean('libs/platform/jobs/src/clean.ts', 'bullmq'),
  clean(
    'libs/delivery/channels/src/clean.ts',
    '@varde/delivery-domain',
    'twilio',
    'nodemailer',
    'node:stream',
  ),
  clean(
    'libs/delivery/feature/src/clean.ts',
    '@varde/delivery-domain',
    '@varde/delivery-channels',
    '@varde/contracts',
    '@varde/platform-database',
  ),
  clean(
    'libs/incident/feature/src/clean.int.spec.ts',
    '@varde/testing',
    '@varde/incident-domain/testing',
  ),
  clean(
    'apps/engine/src/clean.ts',
    '@varde/incident-feature',
    '@varde/delivery-feature',
    '@varde/platform-kafka',
    '@varde/contracts',
  ),
  clean(
    'apps/courier/src/clean.ts',
    '@varde/delivery-feature',
    '@varde/delivery-channels',
    '@varde/communication-feature',
  ),
  clean('apps/cli/src/clean.ts', '@varde/migrations', '@varde/audience-feature'),
  clean('apps/sandbox/src/clean.ts', '@varde/kernel', '@varde/platform-config', 'smtp-server'),
  clean('infra/local/src/clean.ts', 'pg', 'node:net'),
  clean(
    'test/acceptance/clean.acceptance.spec.ts',
    '@varde/testing',
    '../../apps/sandbox/src/testing',
  ),
];
