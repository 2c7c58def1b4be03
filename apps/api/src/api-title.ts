import type { ApiTitle } from '@varde/platform-http';

/** What the API calls itself, in its documentation too. */
export const apiTitle: ApiTitle = {
  title: 'Varde',
  version: '1',
  description:
    'Incident and crisis communication. Every answer that is not granted is a problem document (RFC 9457) with a code for programs and a sentence for people. Who acts is taken from the sign-in, never from a body.',
};
