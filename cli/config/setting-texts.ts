import type { HubConfig } from '#contracts/config/hub-config';
import type { TerminalConfig } from '#contracts/config/terminal-config';
import type { Texts } from '#platform/config/language';

const DATA_DIR: Texts = {
  'zh-CN': '数据目录：数据库、密钥、lintel.json',
  en: 'data folder: databases, keys, lintel.json',
};
const LOG_LEVEL: Texts = {
  'zh-CN': '日志级别：debug、info、warn、error、silent（写到标准错误）',
  en: 'debug, info, warn, error or silent; logs go to standard error',
};

/** What each setting of a hub means; a key without a text does not compile. */
export const HUB_TEXTS: Readonly<Record<keyof HubConfig, Texts>> = {
  dataDir: DATA_DIR,
  httpHost: {
    'zh-CN': '管理后台监听的地址；默认只允许本机访问',
    en: 'address the console listens on; this machine only, unless told otherwise',
  },
  httpPort: { 'zh-CN': '管理后台端口', en: 'port of the console' },
  httpTlsCert: {
    'zh-CN': '管理后台和接口的证书文件（PEM）；换新证书后自动生效，无需重启',
    en: 'certificate of console and API (PEM file); a renewed one is taken up without a restart',
  },
  httpTlsKey: {
    'zh-CN': '该证书的私钥文件（PEM）',
    en: 'private key of that certificate (PEM file)',
  },
  trustProxy: {
    'zh-CN':
      '前面的反向代理的地址或网段，用逗号分隔，例如 127.0.0.1,10.0.0.0/8；只采信它们转发的来源信息',
    en: 'addresses or networks of the reverse proxies in front, for example 127.0.0.1,10.0.0.0/8; what they say about the caller is believed',
  },
  publicUrl: {
    'zh-CN': '员工浏览器访问本系统的网址（统一登录后会跳回这里），例如 https://kaoqin.example.com',
    en: 'where browsers find this hub, and are sent back to after signing in elsewhere, for example https://hub.example.com',
  },
  metricsPort: {
    'zh-CN': 'Prometheus 指标（/metrics）的端口；不设置则不提供',
    en: 'port of the Prometheus metrics (/metrics); without it there are none',
  },
  metricsHost: {
    'zh-CN': '指标监听的地址；超出本机时必须设置访问令牌',
    en: 'address of the metrics; beyond this machine they want a token',
  },
  metricsToken: {
    'zh-CN': '读取指标的令牌（Bearer），至少 16 个字符；宜写在环境变量里，命令行会被其他用户看到',
    en: 'bearer token for the metrics, 16 characters or more; give it by the variable, others can read command lines',
  },
  outgoingNetworks: {
    'zh-CN': '允许事件推送（Webhook）访问的内部网段，用逗号分隔；默认只能访问互联网地址',
    en: 'networks of your own that webhooks may reach, for example 10.20.0.0/16; the internet only, unless told otherwise',
  },
  oidcIssuer: {
    'zh-CN':
      '单位身份提供方（OpenID Connect）的颁发者地址，例如 https://login.example.com；需同时设置 --public-url',
    en: 'issuer of the company’s OpenID Connect provider, for example https://login.example.com; wants --public-url',
  },
  oidcClientId: {
    'zh-CN':
      '在身份提供方登记的客户端编号；回调地址为 <public-url>/api/v1/session/provider/callback',
    en: 'client id registered there, with the callback <public-url>/api/v1/session/provider/callback',
  },
  oidcClientSecretFile: {
    'zh-CN': '存放客户端密钥的文件（chmod 600）',
    en: 'file with the client secret (chmod 600)',
  },
  oidcClaim: {
    'zh-CN': '用哪个声明识别员工：email 比对邮箱，其他名称比对工号，sub 只认本人绑定过的账号',
    en: 'by which claim people are known: email by address, another by employee number, sub only by accounts tied before',
  },
  oidcScopes: {
    'zh-CN': '向身份提供方申请的范围，用空格分隔',
    en: 'scopes asked for besides openid, separated by spaces',
  },
  oidcLabel: {
    'zh-CN': '登录页按钮上的文字；写法同场所名称',
    en: 'words on the button of the sign-in page; written like the site’s name',
  },
  mqttHost: { 'zh-CN': '内置消息服务监听的地址', en: 'address of the embedded broker' },
  mqttPort: { 'zh-CN': '内置消息服务端口', en: 'port of the embedded broker' },
  mqttTlsCert: {
    'zh-CN': '内置消息服务的证书文件（PEM）',
    en: 'certificate of the embedded broker (PEM file)',
  },
  mqttTlsKey: {
    'zh-CN': '内置消息服务的私钥文件（PEM）',
    en: 'private key of the embedded broker (PEM file)',
  },
  brokerUrl: {
    'zh-CN': '改用自己的消息服务（Mosquitto、EMQX 等），例如 mqtts://mq.example.com',
    en: 'a broker of your own (Mosquitto, EMQX …) in place of the embedded one',
  },
  brokerCa: {
    'zh-CN': '该消息服务的私有证书机构文件（PEM）',
    en: 'private certificate authority of that broker (PEM file)',
  },
  databaseUrl: {
    'zh-CN':
      '改用 PostgreSQL 保存数据，例如 postgresql://lintel@db.example.com/lintel；密码宜写在环境变量里，命令行会被其他用户看到',
    en: 'a PostgreSQL database in place of the file, for example postgresql://lintel@db.example.com/lintel; give a password by the variable, others can read command lines',
  },
  siteName: {
    'zh-CN': '场所名称；一种写法用于两种语言，或写 {"zh-CN":"总部","en":"Head office"}',
    en: 'name of the site; one text for both languages, or {"zh-CN":"总部","en":"Head office"}',
  },
  siteZone: {
    'zh-CN': '场所时区，例如 Asia/Shanghai；默认用本机时区',
    en: 'time zone of the site, for example Asia/Shanghai; this machine’s, unless told otherwise',
  },
  logLevel: LOG_LEVEL,
};

/** What each setting of a terminal means. */
export const TERMINAL_TEXTS: Readonly<Record<keyof TerminalConfig, Texts>> = {
  dataDir: DATA_DIR,
  hubUrl: {
    'zh-CN': '考勤中心的消息服务地址，例如 mqtts://hub.example.com:8883',
    en: 'where the hub’s broker is, for example mqtts://hub.example.com:8883',
  },
  hubCa: {
    'zh-CN': '该地址的私有证书机构文件（PEM）',
    en: 'private certificate authority of that address (PEM file)',
  },
  joinCode: {
    'zh-CN': '加入码，由考勤中心显示；只在第一次需要',
    en: 'join code, as the hub shows it; needed once',
  },
  name: { 'zh-CN': '这台终端在后台显示的名称', en: 'what the console calls this terminal' },
  kioskPort: {
    'zh-CN': '浏览器外壳的本机端口；0 表示任选一个空闲端口',
    en: 'loopback port of the browser shell; 0 takes any free one',
  },
  shell: {
    'zh-CN': '显示界面的方式：auto、electron、chromium、none（只给出网址）',
    en: 'what shows the kiosk: auto, electron, chromium, or none (prints the address)',
  },
  faceEngine: { 'zh-CN': '人脸引擎：onnx 或 face-api', en: 'face engine: onnx or face-api' },
  modelDir: { 'zh-CN': '模型文件目录', en: 'folder of the model files' },
  threads: { 'zh-CN': '神经网络使用的线程数', en: 'threads of the neural networks' },
  liveness: {
    'zh-CN': '活体检测：off 关闭，advise 只记录评分',
    en: 'liveness: off, or advise, which scores and records',
  },
  coolDownSeconds: {
    'zh-CN': '同一人在这么多秒内再次出现，只问候，不重复打卡',
    en: 'a second look within this many seconds is greeted, not recorded',
  },
  logLevel: LOG_LEVEL,
};
