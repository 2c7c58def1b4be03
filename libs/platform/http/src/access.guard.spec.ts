import type { ExecutionContext } from '@nestjs/common';
import { Public } from './access';
import { AccessGuard } from './access.guard';
import { aPerson, specNow } from './testing/a-person';

class Handlers {
  @Public('x')
  open(): void {}

  silent(): void {}
}

const contextOf = (handler: object): ExecutionContext =>
  ({
    getHandler: () => handler,
    getClass: () => Handlers,
    switchToHttp: () => ({ getRequest: () => ({ method: 'GET', headers: {} }) }),
  }) as unknown as ExecutionContext;

describe('AccessGuard', () => {
  const guard = new AccessGuard(() => Promise.resolve(aPerson('administrator')), {
    now: () => specNow,
  });

  it('S-6: is closed on a route without a rule, even for an administrator', async () => {
    await expect(guard.canActivate(contextOf(Handlers.prototype.silent))).rejects.toMatchObject({
      code: 'route-closed',
    });
  });

  it('asks nobody on a public route', async () => {
    await expect(guard.canActivate(contextOf(Handlers.prototype.open))).resolves.toBe(true);
  });
});
