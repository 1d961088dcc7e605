import { makePrivateDirectory } from '#platform/files/private-file';
import { openDatabase, type SqliteDatabase } from '#platform/sqlite/database';
import type { DataFolder } from '#terminal/storage/data-folder';
import { TERMINAL_MIGRATIONS } from '#terminal/storage/migrations';

export type TerminalDatabase = SqliteDatabase;

export function openTerminalDatabase(folder: DataFolder): ReturnType<typeof openDatabase> {
  makePrivateDirectory(folder.root);
  const opened = openDatabase(folder.database, TERMINAL_MIGRATIONS);
  if (!opened.ok) return opened;
  // REPLACE deletes without firing delete triggers unless triggers recurse.
  opened.value.pragma('recursive_triggers = ON');
  // What is erased is overwritten, not left behind in free pages.
  opened.value.pragma('secure_delete = ON');
  return opened;
}
