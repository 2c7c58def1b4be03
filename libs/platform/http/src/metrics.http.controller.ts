import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { MetricsRegistry } from '@varde/platform-observability';
import { Public } from './access';
import { metricsToken } from './tokens';

/** The program's figures. */
@Controller('metrics')
@Public(
  'read by the monitoring, which has no sign-in; labels are words of closed lists, never a person',
)
export class MetricsController {
  constructor(@Inject(metricsToken) private readonly metrics: MetricsRegistry) {}

  @Get()
  @ApiOperation({ summary: 'Figures in the text format of Prometheus' })
  async figures(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { contentType, text } = await this.metrics.page();
    void reply.header('content-type', contentType);
    return text;
  }
}
