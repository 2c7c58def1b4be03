/** A refusal's code, whether a field is at fault, and the status that a caller sees. */
export const refusalStatusCases: readonly {
  readonly code: string;
  readonly field?: string;
  readonly status: number;
}[] = [
  { code: 'sign-in-missing', status: 401 },
  { code: 'token-expired', status: 401 },
  { code: 'fresh-sign-in-needed', status: 401 },
  { code: 'right-missing', status: 403 },
  { code: 'approver-is-author', status: 403 },
  { code: 'policy-approver-is-author', status: 403 },
  { code: 'release-by-same-person', status: 403 },
  { code: 'incident-not-found', status: 404 },
  { code: 'no-such-dispatch', status: 404 },
  { code: 'message-unknown', status: 404 },
  { code: 'area-unknown', status: 422 },
  { code: 'address-key-unknown', status: 500 },
  { code: 'too-large', status: 413 },
  { code: 'estimate-is-past', status: 422 },
  { code: 'message-unknown', field: 'replaces', status: 422 },
  { code: 'another-version-was-read', status: 412 },
  { code: 'dispatched-already', status: 409 },
  { code: 'message-expired', status: 409 },
  { code: 'transition-not-allowed', status: 409 },
  { code: 'value-missing', status: 422 },
  { code: 'something-new', status: 409 },
  { code: 'something-new', field: 'title', status: 422 },
  { code: 'sign-in-unavailable', status: 503 },
];
