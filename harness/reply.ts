/** A reply as it stands in its line. */
export type Reply =
  | { readonly id: unknown; readonly answer: object; readonly wrong?: undefined }
  | { readonly wrong: 'not JSON' | 'no object' };

export function parseReply(text: string): Reply {
  let reply: unknown;
  try {
    reply = JSON.parse(text);
  } catch {
    return { wrong: 'not JSON' };
  }
  if (typeof reply !== 'object' || reply === null || Array.isArray(reply)) {
    return { wrong: 'no object' };
  }
  const members = reply as Record<string, unknown>;
  // By hand: to take what rests after the id copies several times as slowly.
  const answer: Record<string, unknown> = {};
  for (const name in members) if (name !== 'id') answer[name] = members[name];
  return { id: members['id'], answer };
}
