import {
  Body,
  Controller,
  Headers,
  HttpCode,
  Inject,
  Param,
  Post,
  Req,
  type RawBodyRequest,
} from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { TwilioReceipts } from '@varde/delivery-feature';
import { parsed, Public } from '@varde/platform-http';

// New parameters may appear any day and are part of the signature, so none is refused.
const parameters = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** Where the SMS provider's receipts come in. */
@Controller('callbacks/sms')
export class ReceiptsController {
  constructor(@Inject(TwilioReceipts) private readonly receipts: TwilioReceipts) {}

  @Post(':ref')
  @HttpCode(204)
  @Public(
    'called by the provider: its signature over our address and all parameters is checked instead of a sign-in (S-10)',
  )
  @ApiOperation({ summary: 'Status callback of one message' })
  async take(
    @Param('ref', parsed(z.string().max(64))) ref: string,
    @Body(parsed(parameters)) body: z.infer<typeof parameters>,
    @Headers('x-twilio-signature') signature: string | undefined,
    @Req() request: RawBodyRequest<FastifyRequest>,
  ): Promise<void> {
    const isJson = request.headers['content-type']?.startsWith('application/json') === true;
    const json = isJson ? (request.rawBody?.toString() ?? '') : undefined;
    await this.receipts.take({ path: request.url, signature, parameters: body, json, ref });
  }
}
