const SPECIAL = /[&<>"]/g;
const NAMES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

// ECMA-376 22.9.2.19: what XML cannot carry is written _xHHHH_, and so is a text that looks like it.
// oxlint-disable-next-line no-control-regex -- these are the characters that XML cannot carry
const UNWRITABLE = /[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)/g;
const PLAIN = /^[\w .:\-\u4E00-\u9FFF]*$/; // most cells; the underscore is checked apart

/** A text as the content of an element or an attribute. */
export function xmlText(text: string): string {
  if (PLAIN.test(text) && !text.includes('_x')) return text;
  return text
    .toWellFormed()
    .replaceAll(UNWRITABLE, (sign) => `_x${hex(sign)}_`)
    .replaceAll(SPECIAL, (sign) => NAMES[sign] ?? sign);
}

function hex(sign: string): string {
  return sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}
