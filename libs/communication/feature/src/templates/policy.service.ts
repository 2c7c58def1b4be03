import { randomUUID } from 'node:crypto';
import { Refusal, toIso, type Instant } from '@varde/kernel';
import type { Database } from '@varde/platform-database';

/** What a policy lets go without anybody: this template, these classes, these channels, at most so many, until then. */
export interface PolicyCommand {
  readonly template: string;
  readonly templateVersion: number;
  readonly classes: readonly number[];
  readonly channels: readonly string[];
  readonly maxReach: number;
  readonly expiresAt: Instant;
}

/** A policy as lists show it. */
export interface PolicySummary {
  readonly policyId: string;
  readonly template: string;
  readonly templateVersion: number;
  readonly classes: readonly number[];
  readonly channels: readonly string[];
  readonly maxReach: number;
  readonly author: string;
  readonly approvers: readonly string[];
  readonly expiresAt: string;
  readonly isLive: boolean;
}

/** Dispatch policies: written by one, approved by two others, neither of them an author of it or of its template. @source invariants §2.1 */
export class PolicyService {
  constructor(private readonly database: Database) {}

  /** All of them, newest first. */
  async list(): Promise<PolicySummary[]> {
    return this.database.unitOfWork('varde_communication', async (tx) => {
      const rows = await tx.query<{
        id: string;
        template: string;
        template_version: number;
        classes: number[];
        channels: string[];
        max_reach: number;
        author: string;
        approvers: string[];
        expires_at: Date;
        is_live: boolean;
      }>(
        `select p.id, p.template, p.template_version, p.classes, p.channels, p.max_reach, p.author, p.expires_at, a.approvers,
                p.expires_at > platform.clock() and cardinality(a.approvers) >= 2 as is_live
           from communication.dispatch_policy p,
                lateral (select array(select x.approver from communication.policy_approval x where x.policy_id = p.id) as approvers) a
          order by p.created_at desc, p.id`,
      );
      return rows.map((row) => ({
        policyId: row.id,
        template: row.template,
        templateVersion: row.template_version,
        classes: row.classes,
        channels: row.channels,
        maxReach: row.max_reach,
        author: row.author,
        approvers: row.approvers,
        expiresAt: row.expires_at.toISOString(),
        isLive: row.is_live,
      }));
    });
  }

  /** @throws Refusal `template-unknown` */
  async submit(by: string, command: PolicyCommand): Promise<PolicySummary> {
    const id = randomUUID();
    const made = await this.database.unitOfWork('varde_communication', (tx) =>
      tx.query(
        `insert into communication.dispatch_policy (id, template, template_version, template_author, classes, channels, max_reach, author, expires_at)
         select $1, template, version, author, $4, $5, $6, $7, $8 from communication.template_version where template = $2 and version = $3 returning 1`,
        [
          id,
          command.template,
          command.templateVersion,
          command.classes,
          command.channels,
          command.maxReach,
          by,
          toIso(command.expiresAt),
        ],
      ),
    );
    if (made.length === 0)
      throw new Refusal(
        'template-unknown',
        `Template ${command.template} has no version ${command.templateVersion}.`,
        { template: command.template },
      );
    return this.summary(id);
  }

  /** @throws Refusal `policy-unknown`, `policy-approver-is-author` */
  async approve(by: string, policyId: string): Promise<PolicySummary> {
    await this.database.unitOfWork('varde_communication', (tx) =>
      tx.query(
        `insert into communication.policy_approval (policy_id, author, template_author, approver)
         select id, author, template_author, $2 from communication.dispatch_policy where id = $1 on conflict do nothing`,
        [policyId, by],
      ),
    );
    return this.summary(policyId);
  }

  private async summary(policyId: string): Promise<PolicySummary> {
    const found = (await this.list()).find((one) => one.policyId === policyId);
    if (!found)
      throw new Refusal('policy-unknown', 'There is no policy with this id.', { policyId });
    return found;
  }
}
