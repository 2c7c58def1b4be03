import { countries, type Country } from '@varde/communication-domain';
import type { ApprovalResults, ApproveMessages, EditMessage, MessageQuery } from '@varde/contracts';
import { Refusal } from '@varde/kernel';
import {
  isPermitted,
  requireRoleNow,
  rightMissing,
  type Permission,
  type SignedInPerson,
} from '@varde/platform-auth';
import type { Database, Tx } from '@varde/platform-database';
import { countriesOfMessages } from './message-country';
import type { MessageView } from './message-view';
import type { MessageService } from './message.service';

/**
 * What a signed-in person does with messages, in the countries that their right covers. A message of another country is not there
 * for them (S-4). Who writes and who approves comes from the sign-in, never from a body.
 */
export class MessageDesk {
  constructor(
    private readonly database: Database,
    private readonly messages: MessageService,
  ) {}

  /** Newest first, of the countries that the person may see; at most 200. */
  async list(person: SignedInPerson, { incident, state }: MessageQuery): Promise<MessageView[]> {
    return this.messages.list({
      ...(incident === undefined ? {} : { incidentId: incident }),
      ...(state === undefined ? {} : { state }),
      countries: countries.filter((one) => isPermitted(person, 'message.read', one)),
    });
  }

  /** @throws Refusal `message-unknown` */
  async show(person: SignedInPerson, messageId: string): Promise<MessageView> {
    await this.mayAct(person, 'message.read', messageId);
    return this.messages.show(messageId);
  }

  /** @throws Refusal of {@link MessageService.edit} */
  async edit(person: SignedInPerson, messageId: string, body: EditMessage): Promise<MessageView> {
    await this.mayAct(person, 'message.edit', messageId);
    const texts = body.texts as Parameters<MessageService['edit']>[1]['texts'];
    return this.messages.edit(person.personId, {
      messageId,
      basedOnVersion: body.basedOnVersion,
      texts,
    });
  }

  /** @throws Refusal of {@link MessageService.submit} */
  async submit(
    person: SignedInPerson,
    messageId: string,
    note: string | undefined,
  ): Promise<MessageView> {
    await this.mayAct(person, 'message.submit', messageId);
    return this.messages.submit(person.personId, messageId, note ?? null);
  }

  /** Rights are read, and held, in the transaction of the act (S-7). @throws Refusal of {@link MessageService.approve} */
  async approve(
    person: SignedInPerson,
    { approvals, reason }: ApproveMessages,
  ): Promise<ApprovalResults> {
    refuseRepeats(approvals.map((one) => one.messageId));
    const checkRight = async (tx: Tx): Promise<void> => {
      const found = await countriesOfMessages(
        tx,
        approvals.map((one) => one.messageId),
      );
      for (const { messageId } of approvals) this.mustSee(person, messageId, found.get(messageId));
      for (const country of new Set(found.values())) {
        await requireRoleNow(tx, {
          personId: person.personId,
          permission: 'message.approve',
          country,
        });
      }
    };
    return { results: await this.messages.approve(person.personId, approvals, checkRight, reason) };
  }

  /** @throws Refusal of {@link MessageService.return} */
  async return(person: SignedInPerson, messageId: string, reason: string): Promise<MessageView> {
    await this.mayAct(person, 'message.return', messageId);
    return this.messages.return(person.personId, messageId, reason);
  }

  /** @throws Refusal of {@link MessageService.reject} */
  async reject(person: SignedInPerson, messageId: string, reason: string): Promise<MessageView> {
    await this.mayAct(person, 'message.reject', messageId);
    return this.messages.reject(person.personId, messageId, reason);
  }

  private async mayAct(
    person: SignedInPerson,
    permission: Permission,
    messageId: string,
  ): Promise<void> {
    const found = await this.database.unitOfWork('varde_communication', (tx) =>
      countriesOfMessages(tx, [messageId]),
    );
    const country = this.mustSee(person, messageId, found.get(messageId));
    if (!isPermitted(person, permission, country)) throw rightMissing(permission, country);
  }

  private mustSee(
    person: SignedInPerson,
    messageId: string,
    country: Country | undefined,
  ): Country {
    if (country !== undefined && isPermitted(person, 'message.read', country)) return country;
    throw new Refusal('message-unknown', 'There is no message with this id.', { messageId });
  }
}

function refuseRepeats(messageIds: readonly string[]): void {
  if (new Set(messageIds).size === messageIds.length) return;
  throw new Refusal(
    'approved-twice-in-one-act',
    'The same message stands twice in this act. Name each once.',
    {},
    'approvals',
  );
}
