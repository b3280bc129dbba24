/** Offsets and signatures of the ZIP format: APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16. */
const END_SIGNATURE = 0x06054b50;
const END_LENGTH = 22;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_LENGTH = 46;
const LOCAL_SIGNATURE = 0x04034b50;
/** 1 January 1980, 0:00, the first that the format knows: time 0, date 0x21. */
const FIRST_DATE = 0x00210000;

/**
 * Sets the time of every file of a ZIP archive to the first that the format knows, in place, so that the same content gives
 * the same bytes. For archives without a comment, as spreadsheets are.
 * @throws Error when the archive is not of that kind, a fault of ours
 */
export function withoutTimes(archive: Uint8Array): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = archive.byteLength - END_LENGTH;
  expect(view, end, END_SIGNATURE);
  let entry = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    expect(view, entry, ENTRY_SIGNATURE);
    const local = view.getUint32(entry + 42, true);
    expect(view, local, LOCAL_SIGNATURE);
    view.setUint32(entry + 12, FIRST_DATE, true);
    view.setUint32(local + 10, FIRST_DATE, true);
    const lengths = [28, 30, 32].map((at) => view.getUint16(entry + at, true)); // of name, extra field, comment
    entry += ENTRY_LENGTH + lengths.reduce((sum, length) => sum + length, 0);
  }
  return archive;
}

function expect(view: DataView, at: number, signature: number): void {
  const found = at >= 0 && at + 4 <= view.byteLength ? view.getUint32(at, true) : undefined;
  if (found !== signature) throw new Error(`zip: no signature ${signature.toString(16)} at ${at}`);
}
