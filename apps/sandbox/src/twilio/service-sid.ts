const serviceSid = /^MG[0-9a-f]{32}$/;

/** Did the sender leave the choice of a number to a messaging service? */
export const isServiceSid = (from: string): boolean => serviceSid.test(from);
