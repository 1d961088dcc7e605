/** Tables of this area, see its migration. */
export type NoticeTables = Record<never, never>;
