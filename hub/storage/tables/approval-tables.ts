/** Tables of this area, see its migration. */
export type ApprovalTables = Record<never, never>;
