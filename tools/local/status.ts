import type { Addresses } from '@varde/local';

const keys = ['api', 'courier', 'sandbox', 'postgres', 'redis', 'kafka', 'twilio'] as const;

/**
 * What `npm run local -- status --json` answers, for scripts: whether everything is up and answers, and where. Nothing more, so that a script
 * can rely on nothing more.
 *
 * @source issue, `npm run local`
 */
export const statusOf = (
  state: { readonly ready: boolean; readonly addresses?: Addresses } | undefined,
): Addresses => ({
  ready: state?.ready ?? false,
  ...Object.fromEntries(
    keys.flatMap((key) => {
      const value = state?.addresses?.[key];
      return value === undefined ? [] : [[key, value]];
    }),
  ),
});

/** The same for people: one address per line. */
export const statusLines = (addresses: Addresses): string =>
  ['api', 'courier', 'sandbox', 'postgres', 'redis', 'kafka', 'smtp']
    .flatMap((key) =>
      typeof addresses[key] === 'string' ? [`  ${key.padEnd(9)} ${addresses[key]}`] : [],
    )
    .join('\n');
