import type { Clock } from '@varde/kernel';
import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Kept {
  readonly payload: AdapterPayload;
  readonly expiresAt: number;
}

const sweepEvery = 1000;

/**
 * Where the issuer keeps sessions, codes and refresh tokens: in memory, across a change of keys, gone with the process.
 * What has expired is dropped every thousandth write, so that it does not grow with the number of sign-ins.
 */
export class OidcMemory {
  readonly #kept = new Map<string, Kept>();
  readonly #clock: Clock;
  #writes = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The adapter of one model, as oidc-provider asks for it. */
  adapter(model: string): Adapter {
    const key = (id: string): string => `${model}:${id}`;
    return {
      upsert: async (id, payload, expiresIn) => this.#put(key(id), payload, expiresIn),
      find: async (id) => this.#get(key(id)),
      findByUid: async (uid) => this.#first(model, (payload) => payload.uid === uid),
      findByUserCode: async (code) => this.#first(model, (payload) => payload.userCode === code),
      destroy: async (id) => void this.#kept.delete(key(id)),
      revokeByGrantId: async (grantId) => this.#revoke(grantId),
      consume: async (id) => {
        const payload = this.#get(key(id));
        if (payload) payload.consumed = Math.floor(this.#clock.now() / 1000);
      },
    };
  }

  #put(key: string, payload: AdapterPayload, expiresIn: number | undefined): void {
    const expiresAt = expiresIn === undefined ? Infinity : this.#clock.now() + expiresIn * 1000;
    this.#kept.set(key, { payload, expiresAt });
    this.#writes += 1;
    if (this.#writes % sweepEvery === 0) this.#sweep();
  }

  #get(key: string): AdapterPayload | undefined {
    const kept = this.#kept.get(key);
    return kept && kept.expiresAt > this.#clock.now() ? kept.payload : undefined;
  }

  #first(model: string, is: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, { payload }] of this.#kept) {
      if (key.startsWith(`${model}:`) && is(payload)) return this.#get(key);
    }
    return undefined;
  }

  #revoke(grantId: string): void {
    for (const [key, { payload }] of this.#kept) {
      if (payload.grantId === grantId) this.#kept.delete(key);
    }
  }

  #sweep(): void {
    const now = this.#clock.now();
    for (const [key, { expiresAt }] of this.#kept) if (expiresAt <= now) this.#kept.delete(key);
  }
}
