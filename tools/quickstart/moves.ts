import type { DispatchList, MessageList, ShownIncidentView } from '@varde/contracts';
import { approvalOf, sumOf, tellDraft } from './drafts';
import type { Alarm } from './raise';
import { report } from './report';
import { quarterIn, services, type Scene } from './scene';
import { settled } from './settled';
import { grouped } from './teller';
import { until } from '../system/until';

/** Seven minutes: the hold-down after the last clear is five. */
const clockAheadSeconds = 7 * 60;

/** Step 5: the incident moves. */
export async function update(
  { tell, network, noc, author, approver }: Scene,
  shown: ShownIncidentView,
  alarm: string,
): Promise<void> {
  tell.step('5. The incident moves: newly hit, still hit, restored');
  const { incident } = shown;
  await network.reports(
    report(alarm, ['NO-4601', 'NO-4627'], 2, 'update', new Date(incident.startedAt), {
      estimate: { status: 'estimated', restoreBy: quarterIn(3 * 60) },
    }),
  );
  const drafts = await until('the drafts of the update', async () => {
    const { messages } = await author.get<MessageList>(
      `/messages?incident=${incident.incidentId}&state=drafted`,
    );
    return (
      messages.length >= 2 && messages.some((one) => one.groups.includes('still-hit')) && messages
    );
  });
  for (const draft of drafts) tellDraft(tell, draft);
  const { dispatches } = await noc.get<DispatchList>(`/dispatches?incident=${incident.incidentId}`);
  const automatic = dispatches.filter((one) => one.policyId !== null).length;
  tell.line(
    `${automatic} dispatches under a policy so far: newly hit critical customers never wait.`,
  );
  for (const draft of drafts) await author.post(`/messages/${draft.messageId}/submit`, {});
  await approver.post('/messages/approve', approvalOf(drafts), true);
  tell.good(
    `${drafts.length} messages approved together in one act, ${grouped(sumOf(drafts))} addresses.`,
  );
}

/** Step 5: it is over. */
export async function resolve(
  scene: Scene,
  shown: ShownIncidentView,
  alarm: Alarm,
  shift: { seconds: number },
): Promise<void> {
  const { tell, network, noc, author, approver, sandbox } = scene;
  await settled(scene, shown.incident.incidentId);
  tell.step('   It is over: everybody who was told of the start is told of the end, once');
  await network.clearsAlarm({
    country: 'NO',
    element: alarm.element,
    services,
    raisedAt: new Date(shown.incident.startedAt),
    id: alarm.id,
  });
  await until(
    'the alarm to clear',
    async () =>
      (await noc.get<ShownIncidentView>(`/incidents/${alarm.number}`)).incident.alarms
        .activeCount === 0,
  );
  await sandbox.moveClock(clockAheadSeconds);
  shift.seconds = clockAheadSeconds;
  tell.line(
    'The alarm cleared. The sandbox’s clock was moved seven minutes ahead, past the hold-down of five.',
  );
  await noc.post(`/incidents/${alarm.number}/resolve`, {});
  const drafts = await until('the closing message', async () => {
    const { messages } = await author.get<MessageList>(
      `/messages?incident=${shown.incident.incidentId}&state=drafted`,
    );
    return messages.length > 0 && messages;
  });
  for (const draft of drafts) tellDraft(tell, draft);
  for (const draft of drafts) await author.post(`/messages/${draft.messageId}/submit`, {});
  await approver.post('/messages/approve', approvalOf(drafts), true);
  await settled(scene, shown.incident.incidentId);
  tell.good('The end is told.');
}
