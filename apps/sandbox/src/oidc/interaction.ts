import { BadRequest, readForm, type Exchange } from '../http/exchange';
import { route, type Route } from '../http/router';
import { sendPage } from '../page/send-page';
import type { Issuer } from './issuer';
import { issuerPath } from './issuer';
import { personPickerPage } from './issuer-pages';
import { apiResource, asksForFresh, freshAcr, sessionAcr } from './issuer-policy';

type Details = Awaited<ReturnType<Issuer['provider']['interactionDetails']>>;

/**
 * The page on which somebody says who they are. A program posts the same form: `person=<account name>`; there is no
 * other way in, so that what a test signs in by is what a person signs in by.
 */
export function interactionRoutes(issuer: Issuer): Route[] {
  const path = `${issuerPath}/interaction/:uid`;
  return [
    route('GET', path, async (exchange) => {
      const details = await detailsOf(issuer, exchange);
      if (details.prompt.name === 'login') {
        sendPage(exchange.response, 200, personPickerPage(issuer.options.people, isFresh(details)));
      } else {
        await finish(issuer, exchange, details, details.session?.accountId ?? '');
      }
    }),
    route('POST', path, async (exchange) => {
      const details = await detailsOf(issuer, exchange);
      const accountName = (await readForm(exchange.request)).get('person') ?? '';
      const person = issuer.options.people.find((one) => one.accountName === accountName);
      if (!person) throw new BadRequest(unknownPerson(issuer, accountName));
      await finish(issuer, exchange, details, person.sub, {
        login: {
          accountId: person.sub,
          acr: isFresh(details) ? freshAcr : sessionAcr,
          amr: ['user'],
        },
      });
    }),
  ];
}

async function detailsOf(issuer: Issuer, { request, response }: Exchange): Promise<Details> {
  try {
    return await issuer.provider.interactionDetails(request, response);
  } catch (cause) {
    throw new BadRequest(
      `This sign-in is over or was begun in another browser: begin it again. (${String(cause)})`,
    );
  }
}

/** Gives the client what it asked for, and sends the browser back. Nobody is asked for consent: it is the operator's own. */
async function finish(
  issuer: Issuer,
  { request, response }: Exchange,
  { params, grantId: known }: Details,
  accountId: string,
  result: object = {},
): Promise<void> {
  const { Grant } = issuer.provider;
  const before = known === undefined ? undefined : await Grant.find(known);
  const clientId = String(params['client_id']);
  const grant = before?.accountId === accountId ? before : new Grant({ accountId, clientId });
  grant.addOIDCScope(String((params['scope'] as string | undefined) ?? 'openid'));
  grant.addResourceScope(apiResource, '');
  const consent = { grantId: await grant.save() };
  await issuer.provider.interactionFinished(request, response, { ...result, consent });
}

function isFresh({ params }: Details): boolean {
  const claims = params['claims'];
  return typeof claims === 'string' && asksForFresh(JSON.parse(claims));
}

const unknownPerson = (issuer: Issuer, accountName: string): string =>
  `Nobody here is called "${accountName}". Choose one of: ${issuer.options.people
    .map((one) => one.accountName)
    .join(', ')}.`;
