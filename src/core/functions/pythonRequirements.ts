/** The modules of packages with a different name. */
const MODULES: Readonly<Record<string, readonly string[]>> = {
  attrs: ['attr', 'attrs'],
  beautifulsoup4: ['bs4'],
  'importlib-metadata': ['importlib_metadata'],
  'line-bot-sdk': ['linebot'],
  mysqlclient: ['mysqldb'],
  'opencv-python': ['cv2'],
  'opencv-python-headless': ['cv2'],
  pillow: ['pil'],
  protobuf: ['google'],
  'psycopg2-binary': ['psycopg2'],
  pycryptodome: ['crypto'],
  pyjwt: ['jwt'],
  'python-dateutil': ['dateutil'],
  'python-dotenv': ['dotenv'],
  'python-jose': ['jose'],
  'python-telegram-bot': ['telegram'],
  pyyaml: ['yaml'],
  'scikit-learn': ['sklearn'],
  setuptools: ['setuptools', 'pkg_resources'],
};

/** Source: Python Packaging User Guide, "Names and normalization". */
function normalized(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}

/** The name of the package in a line of requirements.txt. Undefined for options, URLs, and comments. */
function packageIn(line: string): string | undefined {
  return /^\s*([A-Za-z\d][\w.-]*)\s*(?:[[<>=!~;@#,(]|$)/.exec(line)?.[1];
}

/** Whether requirements.txt lists the package of a module. Source: pip documentation, "Requirements File Format". */
export function listsModule(requirements: string, module: string): boolean {
  return requirements.split('\n').some((line) => {
    const name = packageIn(line);
    if (name === undefined) return false;
    const key = normalized(name);
    const modules = Object.hasOwn(MODULES, key) ? (MODULES[key] ?? []) : [];
    return key === normalized(module) || modules.includes(module.toLowerCase());
  });
}
