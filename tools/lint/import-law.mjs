// The import law as Nx reads it: which layer may see which, and that a context sees itself and what is shared. Every layer is
// named; there is no catch-all, since one opens everything. @source architecture.md §6
const layers = {
  'layer:kernel': [],
  'layer:domain': ['layer:kernel', 'layer:domain'],
  'layer:contracts': ['layer:kernel', 'layer:domain'],
  'layer:platform': ['layer:kernel', 'layer:contracts', 'layer:platform'],
  'layer:channels': ['layer:kernel', 'layer:contracts', 'layer:domain'],
  'layer:feature': [
    'layer:kernel',
    'layer:contracts',
    'layer:platform',
    'layer:domain',
    'layer:channels',
  ],
  // Channels are for the courier, migrations for the command line: dependency-cruiser tells these programs apart.
  'layer:app': [
    'layer:kernel',
    'layer:contracts',
    'layer:platform',
    'layer:feature',
    'layer:channels',
    'layer:migrations',
  ],
  'layer:stand-in': ['layer:kernel', 'layer:platform'],
  'layer:migrations': ['layer:kernel'],
  'layer:testing': [
    'layer:kernel',
    'layer:contracts',
    'layer:platform',
    'layer:migrations',
    'layer:local',
  ],
  'layer:local': [],
  'layer:workspace': [
    'layer:kernel',
    'layer:domain',
    'layer:contracts',
    'layer:platform',
    'layer:channels',
    'layer:feature',
    'layer:migrations',
    'layer:testing',
    'layer:local',
  ],
};

const contexts = ['incident', 'audience', 'communication', 'delivery'];

// Packages that a pure layer may use; the same list stands in purity.mjs for built-ins, which Nx does not see.
const packages = {
  'layer:kernel': [],
  'layer:domain': ['intl-messageformat', 'luxon'],
  'layer:contracts': ['zod'],
};

const testPackages = ['fast-check', 'sms-segments-calculator'];

// A spec starts real servers, so it may also see the test library; what it tests may not.
const testLayers = ['layer:testing', 'layer:migrations', 'layer:local'];

/** The constraints of `@nx/enforce-module-boundaries`, for production code or, a little wider, for specs. */
export function importLaw({ forTests }) {
  const withTests = (list, more) => (forTests ? [...new Set([...list, ...more])] : list);
  return [
    ...Object.entries(layers).map(([sourceTag, seen]) => ({
      sourceTag,
      onlyDependOnLibsWithTags: withTests(seen, testLayers),
      ...(packages[sourceTag]
        ? { allowedExternalImports: withTests(packages[sourceTag], testPackages) }
        : {}),
    })),
    ...contexts.map((context) => ({
      sourceTag: `context:${context}`,
      onlyDependOnLibsWithTags: [`context:${context}`, 'context:shared'],
    })),
    { sourceTag: 'context:outside-world', onlyDependOnLibsWithTags: ['context:shared'] },
  ];
}

// Texts are content beside their domain, not a library.
const texts = '^(\\.\\./)+templates/[a-z]+/[a-z]{2}\\.json$';
// Stories, drills and generators start programs inside their own process.
const programs = '^(\\.\\./)+apps/[a-z]+/src/';

/** Options of the Nx rule. */
export const boundaries = ({ forTests, startsPrograms = false }) => ({
  allow: [texts, ...(startsPrograms ? [programs] : [])],
  // The test library stands on platform libraries whose specs stand on it: a loop of projects, never of files.
  ignoredCircularDependencies: [['testing', '*']],
  depConstraints: importLaw({ forTests }),
});
