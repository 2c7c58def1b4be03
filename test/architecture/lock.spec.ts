import { readJson, readText } from './repository';

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = readJson<{ packages: Readonly<Record<string, LockedPackage>> }>(
  'package-lock.json',
);
const manifest = readJson<{
  dependencies: Readonly<Record<string, string>>;
  devDependencies: Readonly<Record<string, string>>;
  overrides: Readonly<Record<string, string>>;
  allowScripts: Readonly<Record<string, boolean>>;
}>('package.json');

/** Where Node finds `name` from inside `folder`: beside it, or in a node_modules further up. */
function isLocked(folder: string, name: string): boolean {
  for (let at = folder; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    if (`${at === '' ? '' : `${at}/`}node_modules/${name}` in packages) return true;
    if (at === '') return false;
  }
}

describe('the lock file', () => {
  it('S-36: holds every optional package that another names, so that npm ci finds them all on every platform', () => {
    const missing = Object.entries(packages).flatMap(([folder, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !isLocked(folder, name))
        .map((name) => `${name}, wanted by ${folder}`),
    );
    expect(missing).toEqual([]);
  });

  it('S-36: names no registry', () => {
    expect(
      Object.entries(packages)
        .filter(([, { resolved }]) => resolved !== undefined)
        .map(([folder]) => folder),
    ).toEqual([]);
    expect(readText('package-lock.json')).not.toMatch(/"resolved":\s*"/);
    expect(readText('.npmrc')).not.toMatch(/registry|_auth|:\/\//);
  });

  it('S-36: proves every package by its digest', () => {
    const unproven = Object.entries(packages).filter(
      ([folder, { integrity, link }]) => folder !== '' && !link && !integrity,
    );
    expect(unproven.map(([folder]) => folder)).toEqual([]);
  });

  it('S-36: is what npm ci has installed, digest by digest, and nothing else is there', () => {
    // npm's own account of what lies in node_modules.
    const installed = readJson<{ packages: Readonly<Record<string, LockedPackage>> }>(
      'node_modules/.package-lock.json',
    ).packages;
    const strange = Object.entries(installed).filter(
      ([folder, { version, integrity, link }]) =>
        !link &&
        (packages[folder]?.version !== version || packages[folder]?.integrity !== integrity),
    );
    // What is optional may be for another platform.
    const missing = Object.entries(packages).filter(
      ([folder, { optional, devOptional }]) =>
        folder !== '' && !optional && !devOptional && !(folder in installed),
    );
    expect({ strange, missing }).toEqual({ strange: [], missing: [] });
  });

  it('S-36: runs no install script', () => {
    expect(readText('.npmrc')).toMatch(/^ignore-scripts=true$/m);
    expect(Object.values(manifest.allowScripts).filter(Boolean)).toEqual([]);
  });

  it.each(['dependencies', 'devDependencies', 'overrides'] as const)(
    'pins every version of %s',
    (kind) => {
      const loose = Object.entries(manifest[kind]).filter(
        ([, version]) => !/^(npm:[^@]+@)?\d+\.\d+\.\d+$/.test(version),
      );
      expect(loose).toEqual([]);
    },
  );

  it('holds what package.json asks for', () => {
    const asked = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    const other = asked.filter(
      ([name, version]) =>
        packages[`node_modules/${name}`]?.version !== version.replace(/^npm:.+@/, ''),
    );
    expect(other).toEqual([]);
  });

  it('has all Nx packages on one version', () => {
    const versions = Object.entries(manifest.devDependencies).filter(
      ([name]) => name === 'nx' || name.startsWith('@nx/'),
    );
    expect(new Set(versions.map(([, version]) => version)).size).toBe(1);
  });
});
