import { fileTypeFromBuffer } from 'file-type';

/** What bytes are by themselves, whatever their sender calls them; null: nothing that is known. */
export async function contentTypeOf(bytes: Uint8Array): Promise<string | null> {
  return (await fileTypeFromBuffer(bytes))?.mime ?? null;
}
