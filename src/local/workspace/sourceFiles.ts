/** Files that handlers load: code and static data. Not files they may write, such as logs and databases. */
const SOURCE =
  /\.([cm]?[jt]sx?|json|py|graphql|gql|ya?ml|toml|ini|sql|html?|hbs|ejs|mustache|wasm|node|so|pem)$|^bootstrap$|^\.env/;
const SKIPPED = new Set(['node_modules', '__pycache__', 'venv', 'cdk.out']);

export function isSourceFile(name: string): boolean {
  return SOURCE.test(name);
}

/** Whether a folder is never searched for source files. */
export function isSkippedFolder(name: string): boolean {
  return SKIPPED.has(name) || name.startsWith('.');
}
