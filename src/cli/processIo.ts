/** The process, as the command line uses it. */
export interface ProcessIo {
  readonly environment: NodeJS.ProcessEnv;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** The folder with the bundles. */
  readonly dist: string;
}
