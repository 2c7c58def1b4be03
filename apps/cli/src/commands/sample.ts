import type { Command } from 'commander';
import { writeSample } from '@varde/audience-feature';
import { wholeNumber } from '../arguments';
import type { Context } from '../context';
import { json, noun, verb } from '../help';
import { grouped } from '../words';

interface Write {
  readonly customers: number;
  readonly seed: number;
  readonly out: string;
  readonly json?: boolean;
}

/** `varde sample write` */
export function sampleCommands(program: Command, context: Context): void {
  const example = 'varde sample write --customers 50000 --seed 1 --out ./sample';
  const sample = noun(program, 'sample', 'a world of invented people', example);
  verb(sample, 'write', 'write it as import files; the same seed writes the same bytes', example)
    .requiredOption('--customers <n>', 'how many', wholeNumber)
    .option('--seed <n>', 'which world', wholeNumber, 1)
    .requiredOption('--out <folder>', 'where the files go')
    .option('--json', json.one)
    .action(async ({ customers, seed, out, json: asJson }: Write) => {
      const counts = await writeSample({ customers, seed, dir: out });
      const told = Object.entries(counts).map(([name, n]) => `${grouped(n as number)} ${name}`);
      context.answer(asJson, counts, [
        `Written to ${out}: ${told.join(', ')}.`,
        `Next: varde import world ${out}`,
      ]);
    });
}
