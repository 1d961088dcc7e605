/** `7` as `07`; a part of a unit is dropped. */
export function twoDigits(part: number): string {
  return String(Math.floor(part)).padStart(2, '0');
}
