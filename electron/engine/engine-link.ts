import type { WebContents } from 'electron';
import type { ShellPipe } from '#contracts/ipc/engine-host';
import type { Texts } from '#platform/config/language';

/** Why there is no engine, for the person in front of the screen. */
export interface EngineProblem {
  readonly reason: string;
  readonly message: Texts;
}

/** Called after every start of the engine: with nothing when it answers, else with what the screen must say. */
export type EngineListener = (problem: EngineProblem | undefined) => void;

export const EXITED_EARLY: EngineProblem = {
  reason: 'exited',
  message: {
    'zh-CN': '识别服务启动时意外退出，正在重试；详情见日志。',
    en: 'The engine ended while starting and is being started again; the log says why.',
  },
};

/** The engine as the shell sees it, wherever it runs. */
export interface EngineLink {
  /** Starts it, and starts it again whenever it dies. */
  start(): void;
  stop(): Promise<void>;
  /** What the page is told about its way to the engine; nothing while there is none. */
  pipe(): ShellPipe | undefined;
  /** Sockets the page may open. */
  connectTo(): readonly string[];
  /** Hands the page a port of its own; nothing to do where the page uses a socket. */
  offerPort(contents: WebContents): void;
}

/** Node-API of the SQLite binding; an older one does not throw, it crashes. */
const NODE_API_NEEDED = 10;

/** Whether the engine can live inside this very Electron. Temporal is polyfilled at its entry. */
export function canHostEngine(versions: NodeJS.ProcessVersions): boolean {
  return Number(versions['napi'] ?? 0) >= NODE_API_NEEDED;
}
