#!/usr/bin/env node
/*
 * The door of the command line. Old syntax on purpose, and no import statement: whatever Node opens
 * this file must get as far as saying that it is too old. SQLite's binding does not throw on such a
 * Node, it crashes the process.
 */
/* oxlint-disable no-var -- must be read by any Node */
var NODE_API_NEEDED = 10;

/** @returns {string[]} what this runtime cannot do, in English; empty when it can do everything */
function missing() {
  var lacks = [];
  if (typeof Temporal === 'undefined') lacks.push('Temporal');
  if (!(Number(process.versions.napi) >= NODE_API_NEEDED))
    lacks.push('Node-API ' + NODE_API_NEEDED);
  if (!process.features || !process.features.typescript) lacks.push('TypeScript');
  return lacks;
}

function refuse(lacks) {
  var what = lacks.join(', ');
  process.stderr.write(
    '门楣需要 Node.js 26 或更新版本；当前是 ' +
      process.version +
      '，缺少：' +
      what +
      '。\n' +
      '请在项目目录运行 npm ci（会一并装好 Node 26），再用 npm start 启动；或安装 Node 26：https://nodejs.org\n' +
      'Lintel needs Node.js 26 or newer; this is ' +
      process.version +
      ', which lacks: ' +
      what +
      '.\n' +
      'Run npm ci in the project folder (it brings Node 26), then npm start; or install Node 26: https://nodejs.org\n',
  );
  process.exit(1);
}

/** The Node that `npm ci` brought, whatever Node the machine has. */
function bundledNode(fs, path, script) {
  var modules = path.join(path.dirname(script), '..', 'node_modules');
  var exe = process.platform === 'win32' ? 'node.exe' : 'node';
  var system = process.platform === 'win32' ? 'win' : process.platform;
  var folder = 'node-' + system + '-' + process.arch;
  var found = path.join(modules, folder, 'bin', exe);
  return fs.existsSync(found) ? found : undefined;
}

/** Runs this same command on that Node; signals and the exit code pass through. */
function runWith(childProcess, node, script) {
  var args = [script].concat(process.argv.slice(2));
  var env = Object.assign({}, process.env, { LINTEL_NODE: node });
  var child = childProcess.spawn(node, args, { stdio: 'inherit', env: env });
  ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(function (signal) {
    // Ctrl-C reaches the child by itself; this process only must not die before it.
    process.on(signal, function () {
      if (signal !== 'SIGINT') child.kill(signal);
    });
  });
  child.on('error', function () {
    refuse(missing());
  });
  child.on('exit', function (code, signal) {
    process.exit(code === null ? (signal === 'SIGINT' ? 130 : 1) : code);
  });
}

function begin() {
  var lacks = missing();
  if (lacks.length === 0) {
    delete process.env.LINTEL_NODE;
    return import('./main.ts').then(function (cli) {
      return cli.main(process.argv.slice(2));
    });
  }
  if (process.env.LINTEL_NODE) return refuse(lacks); // that one was no better
  return Promise.all([import('node:fs'), import('node:path'), import('node:child_process')]).then(
    function (modules) {
      var script = modules[0].realpathSync(process.argv[1]);
      var node = bundledNode(modules[0], modules[1], script);
      return node === undefined ? refuse(lacks) : runWith(modules[2], node, script);
    },
  );
}

void begin();
