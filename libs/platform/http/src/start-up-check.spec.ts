import { Body, Controller, Get, Module, Post, Query } from '@nestjs/common';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { Health } from '@varde/platform-observability';
import { Fresh, Permission, Public } from './access';
import { prepareHttpApp } from './http-app';
import { parsed } from './parsed.pipe';
import { checkRoutes } from './start-up-check';
import { specOptions } from './testing/an-app';

class LooseDto extends createZodDto(
  z.object({ a: z.string(), deep: z.array(z.object({ b: z.string() })) }),
) {}
class OpenDto extends createZodDto(z.looseObject({ a: z.string() })) {}

@Controller('unfit')
class UnfitController {
  @Get('silent')
  silent(): string {
    return '';
  }

  @Get('both')
  @Public('x')
  @Permission('incident.read')
  both(): string {
    return '';
  }

  @Get('no-reason')
  @Public(' ')
  noReason(): string {
    return '';
  }

  @Get('fresh-for-all')
  @Public('x')
  @Fresh()
  freshForAll(): string {
    return '';
  }

  @Post('unparsed')
  @Public('x')
  unparsed(@Body() body: object): object {
    return body;
  }

  @Post('loose')
  @Public('x')
  loose(@Body() body: LooseDto): object {
    return body;
  }

  @Post('fit')
  @Public('x')
  fit(@Body() body: OpenDto, @Query('q', parsed(z.string())) q: string): object {
    return { body, q };
  }
}

@Module({ controllers: [UnfitController] })
class UnfitModule {}

@Controller('guarded')
class GuardedController {
  @Get()
  @Permission('incident.read')
  read(): string {
    return '';
  }
}

@Module({ controllers: [GuardedController] })
class GuardedModule {}

describe('a program', () => {
  it('S-6, S-5: does not start while a route says too little, and names each of them', async () => {
    const start = prepareHttpApp(UnfitModule, specOptions([], new Health()));
    const { message } = await start.then(
      () => new Error('started'),
      (cause: Error) => cause,
    );
    expect(message.split('\n').sort()).toEqual(
      [
        'The program does not start:',
        '  - GET /unfit/both (UnfitController.both) declares both @Permission and @Public',
        '  - GET /unfit/fresh-for-all (UnfitController.freshForAll) asks for a fresh sign-in, but is public',
        '  - GET /unfit/no-reason (UnfitController.noReason) is public without a reason',
        '  - GET /unfit/silent (UnfitController.silent) declares neither @Permission nor @Public',
        '  - POST /unfit/loose (UnfitController.loose) takes @Body() with an object that drops unknown keys: say strictObject, or looseObject on purpose',
        '  - POST /unfit/loose (UnfitController.loose) takes @Body() with an object deep.items that drops unknown keys: say strictObject, or looseObject on purpose',
        '  - POST /unfit/unparsed (UnfitController.unparsed) takes @Body() without a schema',
      ].sort(),
    );
  });

  it('S-39: does not start with a guarded route when it cannot check a sign-in', async () => {
    const { authenticate: _, ...without } = specOptions([], new Health());
    await expect(prepareHttpApp(GuardedModule, without)).rejects.toThrow(
      'GET /guarded (GuardedController.read) needs a sign-in, but this program cannot check one',
    );
  });

  it('S-6: does not start with a route that no controller has', () => {
    const router = [{ method: 'GET', path: '/hidden' }];
    expect(() => checkRoutes({ routes: [], router, canAuthenticate: true })).toThrow(
      'GET /hidden belongs to no controller, so nobody guards it',
    );
  });
});
