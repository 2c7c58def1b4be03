import { citations } from '../../tools/generate/citations';
import { proofsFile, unproven } from '../../tools/generate/proofs';
import { readText } from './repository';

const cited = citations();

describe('the index of proofs', () => {
  it('has a test for every promise: cite the id in the name of the test that proves it', () => {
    expect(unproven(cited)).toEqual([]);
  });

  it('is checked in as it is: run "npm run generate" after a change of a test’s name', () => {
    const { path, text } = proofsFile(cited);
    expect(readText(path)).toBe(text);
  });
});
