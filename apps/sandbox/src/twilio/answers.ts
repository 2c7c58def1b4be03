import type { ServerResponse } from 'node:http';
import { sendJson } from '../http/exchange';
import type { SmsMood } from '../moods/mood';
import { twilioError, type TwilioErrorCode } from './twilio-errors';

/** Answers with an error as Twilio writes it; with 429 also when to come back. */
export function refuse(response: ServerResponse, code: TwilioErrorCode): void {
  const error = twilioError(code);
  const headers: Record<string, string> = error.status === 429 ? { 'retry-after': '1' } : {};
  sendJson(response, error.status, error, headers);
}

/** Answers in a mood in which the message is not taken. Returns whether there was such a mood. */
export function turnedAway(mood: Partial<SmsMood>, response: ServerResponse): boolean {
  switch (mood.answer) {
    case '429':
      refuse(response, 20429);
      return true;
    case '500-before':
      refuse(response, 20500);
      return true;
    case 'reset-before':
      resetMidBody(response, 500);
      return true;
    case 'refuse':
      refuse(response, mood.refuseCode ?? 21610);
      return true;
    default:
      return false;
  }
}

/** Sends the head and the beginning of a body, then cuts the connection. */
export function resetMidBody(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': 500 });
  response.write('{"sid":', () => response.socket?.resetAndDestroy());
}
