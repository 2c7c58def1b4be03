const shape = /^[A-Za-z0-9+/]*={0,2}$/;

/** The bytes of a text in Base64 with padding; `undefined` for anything else. @source RFC 4648 §4 */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !shape.test(text)) return undefined;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
