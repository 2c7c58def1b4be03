import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomBytes } from 'node:crypto';
import { Provider, type Configuration } from 'oidc-provider';
import type { Clock } from '@varde/kernel';
import {
  deviceConfirmPage,
  deviceDonePage,
  deviceInputPage,
  issuerErrorPage,
} from './issuer-pages';
import {
  apiResource,
  clients,
  freshAcr,
  promptPolicy,
  sessionAcr,
  signInClaims,
} from './issuer-policy';
import { OidcMemory } from './memory-adapter';
import type { Person } from './people';
import { makeSigningKey, signingAlgorithm, type SigningKey } from './signing-keys';

/** Where the issuer is mounted. */
export const issuerPath = '/oidc';

const lifetimes = {
  AccessToken: 900,
  AuthorizationCode: 60,
  DeviceCode: 600,
  Grant: 86_400,
  IdToken: 900,
  Interaction: 600,
  RefreshToken: 86_400,
  Session: 86_400,
} as const;

interface IssuerOptions {
  /** The `iss` of every token: the public address with {@link issuerPath}. */
  readonly issuer: string;
  readonly people: readonly Person[];
  readonly clock: Clock;
}

/**
 * The operator's sign-in service for one machine: OIDC with PKCE for people, the device flow for a terminal without a
 * browser. It knows invented people only and asks nobody for a password.
 */
export class Issuer {
  readonly options: IssuerOptions;
  readonly #memory: OidcMemory;
  readonly #cookieKey = randomBytes(16).toString('hex');
  #keys: readonly SigningKey[] = [];
  #provider!: Provider;
  #answer!: (request: IncomingMessage, response: ServerResponse) => Promise<void>;

  private constructor(options: IssuerOptions) {
    this.options = options;
    this.#memory = new OidcMemory(options.clock);
  }

  static async start(options: IssuerOptions): Promise<Issuer> {
    const issuer = new Issuer(options);
    await issuer.rotateKeys();
    return issuer;
  }

  get provider(): Provider {
    return this.#provider;
  }

  /** The keys that were ever used, newest first. Only the newest is published. */
  get keys(): readonly SigningKey[] {
    return this.#keys;
  }

  /** Signs with a new key from now on and withdraws the old one; sessions and refresh tokens live on. */
  async rotateKeys(): Promise<void> {
    const key = await makeSigningKey();
    this.#keys = [key, ...this.#keys];
    this.#provider = new Provider(this.options.issuer, this.#configuration(key));
    this.#provider.proxy = false;
    this.#answer = this.#provider.callback();
  }

  /** Answers a request whose path begins with {@link issuerPath}. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const originalUrl = request.url ?? '/';
    Object.assign(request, { originalUrl, baseUrl: issuerPath });
    request.url = originalUrl.slice(issuerPath.length) || '/';
    return this.#answer(request, response);
  }

  #configuration(key: SigningKey): Configuration {
    return {
      adapter: (model) => this.#memory.adapter(model),
      acrValues: [sessionAcr, freshAcr],
      clients,
      clientDefaults: { id_token_signed_response_alg: signingAlgorithm },
      cookies: { keys: [this.#cookieKey], names: { session: 'varde_sandbox_session' } },
      expiresWithSession: () => false,
      extraTokenClaims: (ctx) => signInClaims(ctx),
      features: this.#features(),
      findAccount: (_ctx, sub) => this.#account(sub),
      interactions: {
        policy: promptPolicy(),
        url: (_ctx, { uid }) => `${issuerPath}/interaction/${uid}`,
      },
      issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
      jwks: { keys: [key.jwk] },
      pkce: { required: () => true },
      renderError: (ctx, out) => {
        ctx.type = 'html';
        ctx.body = issuerErrorPage(out.error, out.error_description);
      },
      rotateRefreshToken: true,
      scopes: ['openid', 'offline_access'],
      ttl: lifetimes,
    };
  }

  #features(): Configuration['features'] {
    return {
      claimsParameter: { enabled: true },
      devInteractions: { enabled: false },
      deviceFlow: {
        enabled: true,
        userCodeInputSource: (ctx, form, _out, error) => {
          ctx.body = deviceInputPage(form, error !== undefined);
        },
        userCodeConfirmSource: (ctx, form, _client, _device, userCode) => {
          ctx.body = deviceConfirmPage(form, userCode);
        },
        successSource: (ctx) => {
          ctx.body = deviceDonePage();
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => apiResource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          audience: apiResource,
          scope: '',
          accessTokenFormat: 'jwt',
          accessTokenTTL: lifetimes.AccessToken,
          jwt: { sign: { alg: signingAlgorithm } },
        }),
      },
    };
  }

  #account(sub: string) {
    const person = this.options.people.find((one) => one.sub === sub);
    if (!person) return undefined;
    const { name, email, accountName } = person;
    return {
      accountId: sub,
      claims: () => ({ sub, name, email, preferred_username: accountName }),
    };
  }
}
