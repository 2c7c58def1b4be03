import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { request } from 'undici';
import { TwilioReceipts } from '@varde/delivery-feature';
import { createHttpApp } from '@varde/platform-http';
import { Health, logger, MetricsRegistry } from '@varde/platform-observability';
import { systemClock } from '@varde/platform-time';
import { aDatabase, type TestDatabase } from '@varde/testing';
import { courierDoor } from '../../apps/courier/src/courier.module';
import { ReceiptsController } from '../../apps/courier/src/receipts.http.controller';
import { twilioSignature } from '../../apps/sandbox/src/twilio/signature';

/** Where the provider believes us to be; behind it the door listens on loopback. */
export const publicUrl = 'https://receipts.operator.example/varde';
/** The account that sends for us. */
export const accountSid = 'AC00000000000000000000000000000001';
/** The account's tokens while they are changed: now, and the one before. */
export const tokens = { now: 'token-of-today-0001', before: 'token-of-yesterday-1' } as const;

/** A receipt on its way, before somebody in the middle touches it. */
export interface SentReceipt {
  /** Path and query below the public address. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The courier's door for receipts on a free port, over a database of its own. */
export interface ReceiptsDoor {
  readonly database: TestDatabase;
  readonly lines: Record<string, unknown>[];
  /** @returns status and, where it was refused, the code */
  post(receipt: SentReceipt): Promise<string>;
  close(): Promise<void>;
}

/** Opens the door. */
export async function openDoor(): Promise<ReceiptsDoor> {
  const database = await aDatabase();
  const lines: Record<string, unknown>[] = [];
  const log = logger('courier', {
    destination: { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) },
  });
  const receipts = new TwilioReceipts(
    await database.database('varde_courier'),
    { publicUrl, accountSid, tokens: Object.values(tokens) },
    log,
  );
  @Module({
    controllers: [ReceiptsController],
    providers: [{ provide: TwilioReceipts, useValue: receipts }],
  })
  class DoorModule {}
  const door = await createHttpApp(DoorModule, {
    ...courierDoor,
    log,
    metrics: new MetricsRegistry('courier'),
    health: new Health(),
    clock: systemClock,
    port: 0,
    endsOnSignals: false,
  });
  return {
    database,
    lines,
    async post({ path, headers, body }) {
      const answer = await request(`${door.url}${path}`, { method: 'POST', headers, body });
      const said = await answer.body.text();
      if (answer.statusCode === 204) return '204';
      return `${answer.statusCode} ${(JSON.parse(said) as { code: string }).code}`;
    },
    async close() {
      await door.close();
      await database.drop();
    },
  };
}

/** The fields of a receipt, as the provider sends them. */
export const fieldsOf = (
  status: string,
  messageSid = 'SM00000000000000000000000000000001',
): Record<string, string> => ({
  AccountSid: accountSid,
  ApiVersion: '2010-04-01',
  From: 'Nettinfo',
  MessageSid: messageSid,
  MessageStatus: status,
  SmsSid: messageSid,
  SmsStatus: status,
  To: '+4790000001',
});

/** A receipt as a form, signed over an address and its fields. */
export function aReceipt(
  ref: string,
  fields: Readonly<Record<string, string>>,
  { token = tokens.now, url = publicUrl }: { token?: string; url?: string } = {},
): SentReceipt {
  const path = `/callbacks/sms/${ref}`;
  return {
    path,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': twilioSignature(token, url + path, fields),
    },
    body: new URLSearchParams(fields).toString(),
  };
}
