/** Tables of this area, see its migration. */
export type AuthorityTables = Record<never, never>;
