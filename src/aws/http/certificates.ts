import { readFile } from 'node:fs/promises';
import * as tls from 'node:tls';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';

/** The system CA bundles of Linux distributions, for Node.js versions that can't list system certificates. */
const LINUX_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** Available since Node.js 22.15; VS Code 1.100 ships an older version. */
type GetCertificates = (type: 'default' | 'system') => string[];
const getCertificates = (tls as { getCACertificates?: GetCertificates }).getCACertificates;

/** Node.js returns certificates one by one, while a bundle contains many. */
const [BEGIN, END] = ['-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----'];

function certificatesOf(text: string): string[] {
  const certificates: string[] = [];
  for (let start = text.indexOf(BEGIN); start !== -1;) {
    const end = text.indexOf(END, start);
    if (end === -1) break;
    certificates.push(text.slice(start, end + END.length));
    start = text.indexOf(BEGIN, end);
  }
  return certificates;
}

async function fromFile(path: string): Promise<string[]> {
  return certificatesOf(await readFile(path, 'utf8'));
}

async function systemCertificates(environment: NodeJS.ProcessEnv): Promise<string[]> {
  if (getCertificates !== undefined) return getCertificates('system');
  for (const path of [environment['SSL_CERT_FILE'] ?? '', ...LINUX_BUNDLES]) {
    const certificates = path === '' ? [] : await fromFile(path).catch(() => []);
    if (certificates.length > 0) return certificates;
  }
  return [];
}

/** A file with certificates to trust; `from` names the setting that references it. */
export interface CertificateFile {
  readonly path: string;
  readonly from: string;
}

/**
 * Creates a context that trusts Node.js's default certificates, the system's (if `usesSystem`), NODE_EXTRA_CA_CERTS and
 * `bundle` (AWS_CA_BUNDLE or the profile's `ca_bundle`, PEM). Share it between connections: creating one takes several
 * milliseconds. Rejects with InvokeError when the bundle can't be read.
 */
export async function createTrust(
  { usesSystem, bundle }: { readonly usesSystem: boolean; readonly bundle: CertificateFile | undefined },
  environment: NodeJS.ProcessEnv,
): Promise<tls.SecureContext> {
  const defaults = getCertificates === undefined ? [...tls.rootCertificates] : getCertificates('default');
  const extra = environment['NODE_EXTRA_CA_CERTS'];
  const extras = extra === undefined || getCertificates !== undefined ? [] : await fromFile(extra).catch(() => []);
  const system = usesSystem ? await systemCertificates(environment) : [];
  const refuse = (detail: string): never => {
    throw new InvokeError(message('certificateFile', bundle?.path ?? '', bundle?.from ?? '', detail));
  };
  const added =
    bundle === undefined
      ? []
      : await fromFile(bundle.path).catch((error: unknown) => refuse(error instanceof Error ? error.message : ''));
  if (bundle !== undefined && added.length === 0) refuse('no PEM certificate found');
  return tls.createSecureContext({ ca: [...new Set([...defaults, ...system, ...extras, ...added])] });
}
