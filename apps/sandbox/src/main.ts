import { readSandboxConfig } from './sandbox.config';
import { startSandbox } from './sandbox';

async function main(): Promise<void> {
  const sandbox = await startSandbox(readSandboxConfig(process.env));
  const { url, issuer, smtpPort } = sandbox;
  process.stdout.write(`${JSON.stringify({ event: 'sandbox.ready', url, issuer, smtpPort })}\n`);
  const stop = (): void => void sandbox.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
