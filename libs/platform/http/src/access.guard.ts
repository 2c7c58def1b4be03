import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Refusal, type Clock } from '@varde/kernel';
import {
  freshSignInNeeded,
  isFresh,
  isPermitted,
  rightMissing,
  type SignedInPerson,
} from '@varde/platform-auth';
import { accessRuleOf, rememberPerson } from './access';

/** From the `Authorization` header to a person. `acts`: the request changes something, so rights are read anew. */
export type Authenticate = (
  authorization: string | undefined,
  use: { readonly acts: boolean },
) => Promise<SignedInPerson>;

/** Lets a request in where its route's rule says so. A route without a rule is closed, whoever asks. @source S-6, S-39 */
export class AccessGuard implements CanActivate {
  constructor(
    private readonly authenticate: Authenticate | undefined,
    private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = accessRuleOf(context.getHandler(), context.getClass());
    if (rule.permission === undefined) {
      if (rule.publicReason !== undefined) return true;
      throw routeClosed();
    }
    if (!this.authenticate) throw routeClosed();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const acts = request.method !== 'GET' && request.method !== 'HEAD';
    const person = await this.authenticate(request.headers.authorization, { acts });
    rememberPerson(request, person);
    if (!isPermitted(person, rule.permission)) throw rightMissing(rule.permission);
    if (rule.fresh && !isFresh(person, this.clock.now())) throw freshSignInNeeded();
    return true;
  }
}

const routeClosed = (): Refusal =>
  new Refusal(
    'route-closed',
    'This address is closed: it does not say who may use it. Tell whoever runs this service.',
  );
