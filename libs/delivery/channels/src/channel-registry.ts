import type { AddressedChannel } from '@varde/delivery-domain';
import type { Channel } from './channel';
import { createSink } from './sink/sink.channel';
import { createEmailChannel, emailEnv, type EmailConfig } from './email/smtp.channel';
import { createSmsChannel, smsEnv, type SmsConfig } from './sms/twilio.channel';

/** Settings of every channel. A channel's own stand in its folder. */
export const channelsEnv = { ...smsEnv, ...emailEnv };

/** Adding a channel is one folder and one line here. */
const makers = {
  sms: (config: SmsConfig & EmailConfig) => createSmsChannel(config),
  email: (config: SmsConfig & EmailConfig) => createEmailChannel(config),
} as const satisfies Record<AddressedChannel, (config: SmsConfig & EmailConfig) => Channel>;

/** Every addressed channel: the real ones, and their sinks for whatever is not meant. */
export interface Channels {
  /** The way of a message. Only one that is meant gets a channel with credentials. */
  for(channel: AddressedChannel, mode: 'ACTUAL' | 'EXERCISE' | 'TEST'): Channel;
  close(): Promise<void>;
}

/** Every addressed channel, ready to send. */
export function createChannels(config: SmsConfig & EmailConfig): Channels {
  const names = Object.keys(makers) as AddressedChannel[];
  const real = new Map(names.map((name) => [name, makers[name](config)]));
  const sinks = new Map(names.map((name) => [name, createSink(name)]));
  return {
    for: (channel, mode) => {
      const found = (mode === 'ACTUAL' ? real : sinks).get(channel);
      if (!found) throw new Error(`No channel ${channel}`);
      return found;
    },
    close: async () => {
      await Promise.all([...real.values()].map((channel) => channel.close()));
    },
  };
}

/**
 * The providers' addresses that are not on this machine. A sandbox installation must have none.
 *
 * @source issue "Sandbox": with the sample world in it the courier refuses any provider address that is not loopback
 */
export function addressesBeyondLoopback(config: SmsConfig & EmailConfig): string[] {
  return [config.VARDE_TWILIO_URL, config.VARDE_SMTP_URL].filter((address) => {
    const host = new URL(address).hostname;
    return !/^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(host);
  });
}
