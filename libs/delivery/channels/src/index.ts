export {
  providerCallMs,
  type Channel,
  type Content,
  type LookUpQuestion,
  type OutgoingMessage,
} from './channel';
export {
  addressesBeyondLoopback,
  channelsEnv,
  createChannels,
  type Channels,
} from './channel-registry';
export { createEmailChannel, emailEnv, type EmailConfig } from './email/smtp.channel';
export { isSignedByTwilio, type SignedCallback } from './sms/twilio-signature';
export { createSmsChannel, smsEnv, type SmsConfig } from './sms/twilio.channel';
