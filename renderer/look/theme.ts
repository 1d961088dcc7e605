import type { ScreenSettings } from '#renderer/settings/settings';

export type Theme = 'day' | 'night' | 'hc';

/** The door is dark from seven in the evening to seven in the morning: a bright panel at night blinds. */
const NIGHT_FROM_HOUR = 19;
const NIGHT_TO_HOUR = 7;

export function themeAt(
  setting: ScreenSettings['theme'],
  hour: number,
  contrast: 'usual' | 'more',
): Theme {
  if (setting !== 'auto') return setting;
  if (contrast === 'more') return 'hc';
  return hour >= NIGHT_FROM_HOUR || hour < NIGHT_TO_HOUR ? 'night' : 'day';
}
