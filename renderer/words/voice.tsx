import { createContext, type ReactNode, useContext } from 'react';
import type { Locale } from '#contracts/wire/v1/ids';
import { type Say, voiceOf } from '#renderer/words/words';

const VoiceContext = createContext<Say>(voiceOf('zh-CN'));

/** Everything inside is said in `locale`. */
export function Voice(props: { readonly locale: Locale; readonly children: ReactNode }) {
  return <VoiceContext value={voiceOf(props.locale)}>{props.children}</VoiceContext>;
}

export function useSay(): Say {
  return useContext(VoiceContext);
}
