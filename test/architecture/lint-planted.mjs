// Lints planted texts in a process of their own: ESLint's configuration is an ES module, which Jest does not load.
// stdin: [{ file, text }] with files that exist; stdout: [{ file, problems: [{ rule, message }] }] in the same order.
import { ESLint } from 'eslint';
import { text as readAll } from 'node:stream/consumers';

// typescript-eslint guesses in a CI that files never change, and would then lint what lies on disk, not what was planted.
process.env['TSESTREE_SINGLE_RUN'] = 'false';

const plants = JSON.parse(await readAll(process.stdin));
const eslint = new ESLint({ cwd: process.argv[2] });
const results = [];
for (const { file, text } of plants) {
  const [result] = await eslint.lintText(text, { filePath: file });
  results.push({
    file,
    problems: result.messages.map(({ ruleId, message }) => ({ rule: ruleId ?? 'parse', message })),
  });
}
process.stdout.write(JSON.stringify(results));
