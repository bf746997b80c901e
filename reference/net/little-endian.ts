/** Numbers of the host's own order, as messages between programs and kernel have them. */

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

export const le16 = (bytes: Uint8Array, at: number): number => viewOf(bytes).getUint16(at, true);

export const le32 = (bytes: Uint8Array, at: number): number => viewOf(bytes).getUint32(at, true);

export function putLe16(bytes: Uint8Array, at: number, value: number): void {
  viewOf(bytes).setUint16(at, value, true);
}

export function putLe32(bytes: Uint8Array, at: number, value: number): void {
  viewOf(bytes).setUint32(at, value, true);
}
