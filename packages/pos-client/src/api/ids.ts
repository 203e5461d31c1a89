/** Makes UUIDv7 ids: the time first, so that they sort by it, then chance. */
export function createNewId(
  now: () => number,
  random: (bytes: Uint8Array<ArrayBuffer>) => void,
): () => string {
  return () => {
    const bytes = new Uint8Array(16);
    random(bytes);
    const view = new DataView(bytes.buffer);
    const time = now();
    view.setUint32(0, Math.floor(time / 0x1_0000));
    view.setUint16(4, time % 0x1_0000);
    view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f));
    view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  };
}
