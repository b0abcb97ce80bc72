import { readFile } from 'node:fs/promises';
import * as tls from 'node:tls';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';

/** Where Linux distributions keep what they trust; older hosts' Node.js cannot be asked for it. */
const LINUX_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** Since Node.js 22.15; VS Code 1.100 has an older one. */
type GetCertificates = (type: 'default' | 'system') => string[];
const getCertificates = (tls as { getCACertificates?: GetCertificates }).getCACertificates;

/** Node.js answers with certificates one by one; a file holds many. */
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

/** A file with certificates to trust, and what names it. */
export interface CertificateFile {
  readonly path: string;
  readonly from: string;
}

/**
 * What is trusted beside Node.js's own list: the machine's certificates, NODE_EXTRA_CA_CERTS, and a bundle that
 * AWS_CA_BUNDLE or the profile's `ca_bundle` names. One context for all connections: making it takes some milliseconds.
 * Rejects with InvokeError where the bundle cannot be read.
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
  if (bundle !== undefined && added.length === 0) refuse('it holds no certificate in PEM');
  return tls.createSecureContext({ ca: [...new Set([...defaults, ...system, ...extras, ...added])] });
}
