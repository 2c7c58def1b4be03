import { createSmsChannel } from '@varde/delivery-channels';
import { endOnUnhandled, logger } from '@varde/platform-observability';

/**
 * A courier in small: sends so many texts through the product's own channel and says so much about each in the product's own
 * log. What it has to report goes another way than its log: over IPC.
 */
async function main([
  url = '',
  sends = '0',
  linesEach = '0',
  end = 'return',
]: readonly string[]): Promise<void> {
  const log = logger('courier');
  endOnUnhandled(log);
  const channel = createSmsChannel({
    VARDE_TWILIO_URL: url,
    VARDE_TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000001',
    VARDE_TWILIO_AUTH_TOKEN: 'token-of-the-test-1',
    VARDE_TWILIO_PREVIOUS_AUTH_TOKEN: undefined,
    VARDE_SMS_SENDER: 'Nettinfo',
    VARDE_CALLBACK_URL: url,
    VARDE_SMS_CONNECTIONS: 2,
  });
  const content = { kind: 'sms', text: 'Hei' } as const;
  for (let n = 0; n < Number(sends); n += 1) {
    const outcome = await channel.send({
      ref: null,
      to: '+4790000001',
      content,
      validForSeconds: 60,
    });
    for (let line = 0; line < Number(linesEach); line += 1)
      log.info('delivery.ended', { outcome: outcome.kind, n, line, said: 'word '.repeat(780) });
  }
  await channel.close();
  process.send?.({ sent: Number(sends), heldBytes: process.memoryUsage().rss });
  if (end === 'exit') process.exit(0);
  if (end === 'fail') throw new Error('nobody caught this');
  process.disconnect?.();
}

void main(process.argv.slice(2));
