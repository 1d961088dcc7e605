/** `09:05`, without seconds: duties are whole minutes. */
export function clockTime(time: Temporal.PlainTime): string {
  return time.toString({ smallestUnit: 'minute' });
}
