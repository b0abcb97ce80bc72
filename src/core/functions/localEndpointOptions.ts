/** The settings of the local endpoint. They can change while it runs. */
export interface LocalEndpointSettings {
  /** Workspace folders, as file system paths. */
  readonly folders: readonly string[];
  /** Globs for paths relative to a workspace folder: files that are also searched for functions, and excluded ones. */
  readonly templates: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  /** Folders for layers that aren't in the workspace: ARN, in which `*` matches any text, to folder. Not validated. */
  readonly layers: Readonly<Record<string, unknown>>;
  /** The bootstrap files of this extension, and the interpreters and SDKs from the settings; detected if empty. */
  readonly runtimes: {
    readonly nodeBootstrap: string;
    readonly pythonBootstrap: string;
    readonly node: string;
    readonly python: string;
    readonly nodeSdk: string;
    readonly pythonSdk: string;
    /** The folder with the SDKs that this extension installed. */
    readonly installedSdks: string;
  };
  /** Whether handlers receive the user's AWS variables. */
  readonly hasCredentials: boolean;
  /** The concurrency limit of all functions together. */
  readonly maxProcesses: number;
}

/** What the extension host starts the local endpoint's process with. Sent over IPC. */
export interface LocalEndpointOptions extends LocalEndpointSettings {
  /** The key pair that signs requests. Lives in memory only. */
  readonly keys: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The endpoint's descriptor of a pipe whose other end only the extension host has. Not used on Windows. */
  readonly hostPipe?: number;
  /** Where durable executions are stored. Without it, they're only in memory. */
  readonly durableFolder?: string;
}
