/** Advice for function errors. */
export const ADVICE_SENTENCES = {
  adviceTimeout: 'Timed out. Increase Timeout, or check for hanging calls or missing VPC egress.',
  adviceTimeoutOf: 'Timed out after {0} s. Increase Timeout, or check for hanging calls or missing VPC egress.',
  adviceTimeoutManaged:
    'Timed out, but on managed instances the code keeps running. Increase Timeout, or stop when the remaining time runs out.',
  adviceTimeoutManagedOf:
    'Timed out after {0} s, but on managed instances the code keeps running. Increase Timeout, or stop when the remaining time runs out.',
  adviceTimeoutSynchronous:
    'Timed out after {0} s, the maximum for synchronous invocations, but on managed instances the code keeps running. Use Event for longer work.',
  adviceInitTimeout:
    'Initialization timed out. Load less outside the handler, increase MemorySize, or use provisioned concurrency.',
  adviceMemory: 'Out of memory. Increase MemorySize or reduce memory use.',
  adviceMemoryOf: 'Exceeded {0} MB. Increase MemorySize or reduce memory use.',
  adviceImportModule:
    'Module not found. Check the path in Handler and that the package includes the module and its dependencies.',
  adviceHandlerModule: 'Can\'t find the handler\'s module "{0}". Check the path before the dot in Handler.',
  adviceMissingFile: 'Can\'t find the file "{0}". Check its path and that the deployment package includes it.',
  adviceMissingPackage: 'Can\'t find the package "{0}". Install it and include it in the deployment package.',
  adviceInstall: 'The package "{0}" is listed in {1}, but isn\'t installed. In that folder, run: {2}',
  adviceWsgi:
    "The plugin serverless-wsgi adds the handler's module when it packages the function. To run it locally, run serverless wsgi install.",
  adviceBuildLayer: 'The package "{0}" of the layer {1} isn\'t installed. Run sam build.',
  adviceLayer:
    'Can\'t find "{0}", which may be in a layer that isn\'t loaded: {1}. Install the package, or map the layer to a folder with lambdaInvoke.local.layers.',
  adviceLayerFile:
    "Can't find {0}, which may be in a layer that isn't loaded: {1}. Map the layer to a folder with lambdaInvoke.local.layers.",
  adviceOptFile:
    "Can't open {0}, because layers aren't extracted to /opt locally. Set the path in an environment variable instead.",
  adviceRuntimeSdk:
    'Lambda\'s runtimes (nodejs18.x and later, Python) include "{0}", but it isn\'t installed locally. Install the runtime SDK, or add it to the project.',
  adviceSdkV2:
    'Lambda includes "aws-sdk" (version 2) only up to nodejs16.x. Add it to package.json, or use version 3 (@aws-sdk packages).',
  adviceMissingSubmodule:
    'The package "{0}" has no module "{1}". Check its version, and that it was built for the function\'s runtime and architecture.',
  adviceImportName:
    'The module was found, but not the imported name. Check the versions of the packages, and for circular imports.',
  adviceRelativeImport:
    "The handler's module isn't in a package. Use absolute imports, or a Handler such as package.module.function.",
  adviceNativeModule:
    "A native module can't be loaded. Install the package for the function's runtime and architecture.",
  adviceRequireEsModule:
    "This runtime can't load an ES module with require(). Use import, bundle the code, or use nodejs24.x.",
  adviceEsModuleSyntax:
    'ES module syntax in a CommonJS file. Use the extension .mjs, or set "type": "module" in package.json.',
  adviceNotAFunction: "This export isn't a function. Check the name after the dot in Handler.",
  adviceCallback: "Callback-based handlers aren't supported in nodejs24.x and later. Use an async handler.",
  adviceNeverSettled:
    'The handler waits for a promise that never settles. Check that everything it awaits resolves or rejects.',
  adviceHandlerNotFound: "The module doesn't export this handler. Check the name after the dot in Handler.",
  adviceMalformedHandler: 'Invalid handler. Use the format path/file.export.',
  adviceSyntax: "The code can't be loaded. Check its syntax and whether it's an ES module or CommonJS.",
  adviceEntrypoint:
    "The program couldn't start. Check that the bootstrap or entry point is in the package, is executable, and matches the function's architecture.",
  adviceExtension: 'An extension failed. Check its layer and version, or remove it.',
  adviceExit:
    'The process exited before responding. Check the log for process.exit, os._exit, or a crash in native code.',
  adviceExitWithoutReason:
    'The process exited before responding. Check for a promise that is never settled, process.exit, or os._exit.',
  adviceRejection: "A promise rejection wasn't handled. Await the promise or catch its error.",
  advicePlaceholders:
    'Placeholders in environment variables might be the cause: {0}. Set them in env.json or .env (SAM and CloudFormation), or in .vscode/lambda-invoke.json.',
  adviceResponseSize:
    'The response exceeds 6,291,556 bytes. Return less data, store it in Amazon S3, or stream the response.',
} as const;
