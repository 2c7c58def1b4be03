import { seconds } from '@varde/kernel';
import { Authenticator, TokenVerifier, type Role } from '@varde/platform-auth';
import { badTokens } from './bad-tokens.cases';
import type { Problem } from './problem';
import { aPerson, specNow } from './testing/a-person';
import { anApp, type SpecApp } from './testing/an-app';
import { SpecIssuer } from './testing/an-issuer';
import { SpecimenController } from './testing/specimen.http.controller';

const clock = { now: () => specNow };
const registered = ['approver', 'viewer'] as const;

let issuer: SpecIssuer;
let app: SpecApp;

beforeAll(async () => {
  issuer = await SpecIssuer.start();
  const verifier = new TokenVerifier({
    issuer: issuer.url,
    clients: ['varde-cli'],
    clock,
    askAgainAfter: seconds(0),
  });
  const findPerson = async (_: string, subject: string) =>
    registered.some((one) => one === subject) ? aPerson(subject as Role) : undefined;
  const authenticator = new Authenticator(verifier, findPerson, clock);
  app = await anApp([SpecimenController], {
    authenticate: (authorization, use) => authenticator.authenticate(authorization, use),
  });
});
afterAll(async () => {
  await app.close();
  await issuer.close();
});

const approve = (authorization: string | undefined): Promise<Response> =>
  app.ask('/specimens/1/approve', {
    method: 'POST',
    ...(authorization === undefined ? {} : { headers: { authorization } }),
  });

describe('an approval', () => {
  it('S-1: is open to a good token, before and after the issuer changes its key', async () => {
    expect((await approve(await issuer.authorization())).status).toBe(200);
    await issuer.rotate();
    expect((await approve(await issuer.authorization())).status).toBe(200);
  });

  it.each(badTokens)('S-1: is closed to a token $what', async (token) => {
    const answer = await approve(await issuer.authorization(token));
    const body = (await answer.json()) as Problem;
    expect(body).toMatchObject({ status: token.status, code: token.code });
    expect(answer.status).toBe(token.status);
    expect(body.detail).toMatch(/^[A-Z].*\.$/);
    expect(answer.headers.has('www-authenticate')).toBe(token.status === 401);
  });
});

describe('when the sign-in service is away', () => {
  it('S-39: nobody is let in, and nobody is called a liar', async () => {
    const verifier = new TokenVerifier({
      issuer: 'http://127.0.0.1:1',
      clients: ['varde-cli'],
      clock,
    });
    const authorization = await issuer.authorization();
    await expect(verifier.verify(authorization)).rejects.toMatchObject({
      code: 'sign-in-unavailable',
    });
  });

  it('S-39: it is asked again, not given up for ever', async () => {
    const away = await SpecIssuer.start();
    const verifier = new TokenVerifier({
      issuer: away.url,
      jwksUri: 'http://127.0.0.1:1/jwks',
      clients: ['varde-cli'],
      clock,
    });
    const authorization = await away.authorization();
    await expect(verifier.verify(authorization)).rejects.toMatchObject({
      code: 'sign-in-unavailable',
    });
    await expect(verifier.verify(authorization)).rejects.toMatchObject({
      code: 'sign-in-unavailable',
    });
    await away.close();
  });
});
