import type { NoticeContent, NoticeText } from '#domain/notice/notice-content';
import type { NoticeDetail } from '#domain/notice/notice-kind';
import type { NoticeLanguage } from '#domain/notice/receiver';
import { chineseText } from '#domain/notice/text/chinese-text';
import { englishText } from '#domain/notice/text/english-text';

const WORDED = { 'zh-CN': chineseText, en: englishText } as const;

/** @param detail how much whoever stands beside the receiver may read */
export function noticeText(
  content: NoticeContent,
  language: NoticeLanguage,
  detail: NoticeDetail,
): NoticeText {
  return WORDED[language](content, detail);
}
