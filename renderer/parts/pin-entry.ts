/** As the contract has it: staff numbers up to 20 characters, PINs of 4 to 12 digits. */
export const NUMBER_LENGTH_MAX = 20;
export const PIN_LENGTH_MIN = 4;
export const PIN_LENGTH_MAX = 12;

/** What was typed on the pad so far. */
export interface PinEntry {
  readonly field: 'number' | 'pin';
  readonly number: string;
  readonly pin: string;
}

export const EMPTY_ENTRY: PinEntry = { field: 'number', number: '', pin: '' };

export type PinKey =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'delete' }
  | { readonly kind: 'field'; readonly field: PinEntry['field'] }
  | { readonly kind: 'forget-pin' };

export function foldPin(entry: PinEntry, key: PinKey): PinEntry {
  switch (key.kind) {
    case 'character':
      return typed(entry, key.character);
    case 'delete':
      return deleted(entry);
    case 'field':
      return { ...entry, field: key.field };
    case 'forget-pin':
      return { ...entry, pin: '', field: 'pin' };
  }
}

/** Ready to be sent: the pad's large key then sends instead of going on. */
export function isComplete(entry: PinEntry): boolean {
  return entry.number !== '' && entry.pin.length >= PIN_LENGTH_MIN;
}

function typed(entry: PinEntry, character: string): PinEntry {
  if (entry.field === 'number') {
    if (!/^\w$/.test(character) || entry.number.length >= NUMBER_LENGTH_MAX) return entry;
    return { ...entry, number: entry.number + character };
  }
  if (!/^\d$/.test(character) || entry.pin.length >= PIN_LENGTH_MAX) return entry;
  return { ...entry, pin: entry.pin + character };
}

function deleted(entry: PinEntry): PinEntry {
  if (entry.field === 'number') return { ...entry, number: entry.number.slice(0, -1) };
  // Deleting from an empty PIN goes back to the number, where the mistake must be.
  if (entry.pin === '') return { ...entry, field: 'number' };
  return { ...entry, pin: entry.pin.slice(0, -1) };
}
