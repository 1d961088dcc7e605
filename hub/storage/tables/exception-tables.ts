/** Tables of this area, see its migration. */
export type ExceptionTables = Record<never, never>;
