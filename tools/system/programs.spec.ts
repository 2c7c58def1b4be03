import type { Stack } from '@varde/local';
import { programPlans, type ProgramSetting } from './programs';

const setting = {
  projectFolder: '/project',
  stack: {
    kafka: { brokers: ['127.0.0.1:19092'] },
    redis: { url: 'redis://127.0.0.1:16379' },
  } as unknown as Stack,
  installation: { database: 'varde', urlFor: (role) => `postgres://${role}@127.0.0.1/varde` },
  secrets: { accountSid: 'AC1', authToken: 'made-up', addressKeysFile: '/keys.json' },
  doors: { api: 1, engine: 2, courier: 3, sandbox: 4, smtp: 5 },
  prefix: '',
  restart: false,
} satisfies ProgramSetting;

const courierOf = (more: Partial<ProgramSetting>) =>
  programPlans({ ...setting, ...more }).courier.env;

describe('the courier of a local system', () => {
  it('speaks to the sandbox', () => {
    expect(courierOf({})).toMatchObject({
      VARDE_TWILIO_URL: 'http://127.0.0.1:4',
      VARDE_SMTP_URL: 'smtp://127.0.0.1:5',
    });
  });

  it('speaks to another peer where one is given, each by itself', () => {
    const twilioUrl = 'http://127.0.0.1:9000';
    const smtpUrl = 'smtp://127.0.0.1:2525';
    expect(courierOf({ twilioUrl })).toMatchObject({
      VARDE_TWILIO_URL: twilioUrl,
      VARDE_SMTP_URL: 'smtp://127.0.0.1:5',
    });
    expect(courierOf({ smtpUrl })).toMatchObject({
      VARDE_TWILIO_URL: 'http://127.0.0.1:4',
      VARDE_SMTP_URL: smtpUrl,
    });
  });

  it('S-35: is the only one that is given the provider’s secret, beside the sandbox that plays the provider', () => {
    const plans = programPlans(setting);
    const holders = Object.values(plans).filter(({ env }) =>
      Object.values(env ?? {}).includes('made-up'),
    );
    expect(holders.map(({ name }) => name).sort()).toEqual(['courier', 'sandbox']);
  });
});
