const HAN = /^\p{Script=Han}+$/u;

/** Surnames of two characters that are still common. */
const COMPOUND_SURNAMES: ReadonlySet<string> = new Set([
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '夏侯',
  '东方',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '令狐',
  '司徒',
  '宇文',
  '长孙',
  '端木',
  '独孤',
  '南宫',
  '轩辕',
  '西门',
  '呼延',
]);

/**
 * What the door may call somebody of whom only the full name is known: 林晓梅 → 晓梅, 欧阳娜娜 → 娜娜,
 * Ann Lee → Ann. A full name is not for bystanders; one that cannot be told apart stays whole.
 */
export function greetingNameOf(name: string): string {
  const trimmed = name.trim();
  if (!HAN.test(trimmed)) return trimmed.split(/\s+/u, 1).join('');
  const letters = Array.from(trimmed);
  if (letters.length < 2) return trimmed;
  const isCompound = letters.length > 2 && COMPOUND_SURNAMES.has(letters.slice(0, 2).join(''));
  return letters.slice(isCompound ? 2 : 1).join('');
}
