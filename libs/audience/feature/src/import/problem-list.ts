import type { ProblemReason, RowProblem } from '@varde/audience-domain';
import type { Stage } from './import-plan';
import type { ReportedProblem } from './import-report';
import type { LineProblems } from './rejected-file';

const atOnce = 2000;
const shownAtMost = 1000;

/** The lines with problems in their order, a part at a time: there may be as many as the file has. */
export async function* problemLines(stage: Stage): AsyncGenerator<LineProblems> {
  await stage.run(`declare import_problems cursor for
    select line, rejected, problems from :stage where problems is not null order by line`);
  for (;;) {
    const rows = await stage.rows<{ line: string; rejected: boolean; problems: RowProblem[] }>(
      `fetch ${atOnce} from import_problems`,
    );
    for (const { line, rejected, problems } of rows)
      yield { line: Number(line), isRejected: rejected, problems };
    if (rows.length < atOnce) break;
  }
  await stage.run('close import_problems');
}

/** Counts problems on their way into the list of rejected rows, and tells each. */
export class ProblemTally {
  rejectedCount = 0;
  partlyCount = 0;
  readonly reasons: Partial<Record<ProblemReason, number>> = {};
  readonly problems: ReportedProblem[] = [];

  constructor(private readonly onProblem: (problem: ReportedProblem) => void) {}

  async *counting(lines: AsyncIterable<LineProblems>): AsyncGenerator<LineProblems> {
    for await (const line of lines) {
      if (line.isRejected) this.rejectedCount++;
      else this.partlyCount++;
      for (const problem of line.problems) this.#count({ ...problem, line: line.line });
      yield line;
    }
  }

  #count(problem: ReportedProblem): void {
    this.reasons[problem.reason] = (this.reasons[problem.reason] ?? 0) + 1;
    if (this.problems.length < shownAtMost) this.problems.push(problem);
    this.onProblem(problem);
  }
}
