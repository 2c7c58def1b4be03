import { apiConfig } from './api.config';

describe('the environment of the API', () => {
  it('S-35: holds no provider’s secret, no key of addresses, and no way to Kafka or Redis', () => {
    const names = Object.keys(apiConfig.shape);
    expect(names).toContain('VARDE_GATE_DATABASE_URL');
    expect(names.filter((name) => /TWILIO|SMTP|KEYS|TOKEN|SECRET|KAFKA|REDIS/.test(name))).toEqual(
      [],
    );
  });
});
