import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Health } from '@varde/platform-observability';
import { Public } from './access';
import { healthToken } from './tokens';

/** Whether the program lives, and whether work may be given to it. */
@Controller('health')
@Public(
  'asked by the supervisor and the load balancer, which have no sign-in; tells states, no data',
)
export class HealthController {
  constructor(@Inject(healthToken) private readonly health: Health) {}

  @Get('live')
  @ApiOperation({ summary: 'Does the program live?' })
  live(): { state: string } {
    return { state: 'live' };
  }

  @Get('ready')
  @ApiOperation({
    summary:
      'May work be given to the program? 503 while not, and from the moment that it is told to end',
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const report = await this.health.report();
    void reply.code(report.state === 'ready' ? 200 : 503);
    return report;
  }
}
