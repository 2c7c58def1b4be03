import { templates } from '@varde/communication-domain';
import { Refusal } from '@varde/kernel';
import type { Database, Tx } from '@varde/platform-database';

/** A template as lists show it. */
export interface TemplateSummary {
  readonly template: string;
  readonly version: number;
  readonly author: string;
  readonly approvers: readonly string[];
  /** Two people, neither its author, have approved it. */
  readonly isPreApproved: boolean;
  readonly languages: readonly string[];
}

/** The ready texts of the repository, taken into the database by a person and approved by two others. @source `voice.md` §5; A-6 */
export class TemplateService {
  constructor(private readonly database: Database) {}

  /** Newest version of each, by name. */
  async list(): Promise<TemplateSummary[]> {
    return this.database.unitOfWork('varde_communication', async (tx) => {
      const rows = await tx.query<{
        template: string;
        version: number;
        author: string;
        approvers: string[];
        languages: string[];
      }>(
        `select t.template, t.version, t.author, array(select a.approver from communication.template_approval a
                 where (a.template, a.version) = (t.template, t.version) order by a.approved_at) as approvers,
                array(select jsonb_object_keys(t.texts) order by 1) as languages
           from communication.template_version t
          where t.version = (select max(x.version) from communication.template_version x where x.template = t.template)
          order by t.template`,
      );
      return rows.map((row) => ({ ...row, isPreApproved: row.approvers.length >= 2 }));
    });
  }

  /**
   * Takes the repository's text of this name as the next version. The same text again is no new version.
   *
   * @throws Refusal `template-unknown`
   */
  async submit(by: string, id: string): Promise<TemplateSummary> {
    const template = templates.find((one) => one.id === id);
    if (!template)
      throw new Refusal(
        'template-unknown',
        `There is no template ${id}. Known: ${templates.map((one) => one.id).join(', ')}.`,
        { template: id },
      );
    await this.database.unitOfWork('varde_communication', (tx) =>
      tx.query(
        `insert into communication.template_version (template, version, texts, field_types, author)
         select $1, coalesce(max(version), 0) + 1, $2::jsonb, $3::jsonb, $4 from communication.template_version where template = $1
         having not coalesce((select texts = $2::jsonb and field_types = $3::jsonb from communication.template_version
                               where template = $1 order by version desc limit 1), false)`,
        [id, JSON.stringify(template.texts), JSON.stringify(template.fieldTypes), by],
      ),
    );
    return this.summary(id);
  }

  /** @throws Refusal `template-unknown`, `template-approver-is-author` */
  async approve(by: string, id: string, version: number): Promise<TemplateSummary> {
    await this.database.unitOfWork('varde_communication', async (tx) => {
      await this.authorOf(tx, id, version);
      await tx.query(
        `insert into communication.template_approval (template, version, author, approver)
         select template, version, author, $3 from communication.template_version where template = $1 and version = $2 on conflict do nothing`,
        [id, version, by],
      );
    });
    return this.summary(id);
  }

  private async authorOf(tx: Tx, id: string, version: number): Promise<string> {
    const [row] = await tx.query<{ author: string }>(
      `select author from communication.template_version where template = $1 and version = $2`,
      [id, version],
    );
    if (!row)
      throw new Refusal('template-unknown', `Template ${id} has no version ${version}.`, {
        template: id,
        version,
      });
    return row.author;
  }

  private async summary(id: string): Promise<TemplateSummary> {
    const found = (await this.list()).find((one) => one.template === id);
    if (!found)
      throw new Refusal('template-unknown', `There is no template ${id}.`, { template: id });
    return found;
  }
}
