/** The text of `--help`, by command. */
export const HELP = {
  general: `Usage: lambda-invoke test [options]
       lambda-invoke invoke PRESET [options]
       lambda-invoke invoke --function NAME [options]
       lambda-invoke logs --function NAME [options]

Commands:
  test       Runs the presets with "expect" in .vscode/lambda-invoke.json.
  invoke     Invokes a function, and writes its response to stdout.
  logs       Writes the log of a function in CloudWatch Logs to stdout.

Options:
  -h, --help  Prints this help. After a command, prints its options: lambda-invoke test --help
  --version   Prints the version.`,

  test: `Usage: lambda-invoke test [options]

Runs the presets with "expect" in .vscode/lambda-invoke.json, each once.

Tests:
  --preset NAME        Runs this preset. Can be repeated.
  --tag TAG            Runs the presets with this tag. Can be repeated.
  --concurrency N      Maximum number of concurrent invocations. Default: 1.
  --bail               Stops after the first failed test.
  --update-snapshots   Writes the responses to the snapshot files. Not allowed if the variable CI is set.
  --input NAME=VALUE   Value of \${input:NAME}. Can be repeated.

Connection:
  --local              Runs all tests on local functions.
  --profile NAME       AWS profile. Overrides that of a preset.
  --region REGION      AWS Region. Overrides that of a preset.
  --workspace DIR      Folder with the presets. Default: the current folder.

Protection:
  --confirm PATTERN    Requires --yes for a profile, account, or function that matches. * matches any text. Can be
                       repeated. Adds to "confirm" in the presets file and to LAMBDA_INVOKE_CONFIRM, which separates
                       patterns with commas.
  --yes                Invokes protected functions.
  --allow-endpoint     Allows presets to use their own endpoint.

Reports:
  --junit FILE         Writes a JUnit XML file.
  --json               Prints the results as JSON.
  --tap                Prints the results as TAP 14.

Exit codes: 0 if all tests passed, 1 if a test failed, 2 for wrong options, or if nothing could run or a report couldn't
be written, 130 after Ctrl+C.`,

  invoke: `Usage: lambda-invoke invoke PRESET [options]
       lambda-invoke invoke --function NAME [options]

Invokes a function once. Writes the bytes of the response to stdout, and everything else to stderr.

Function:
  PRESET                         Name of a preset in .vscode/lambda-invoke.json.
  --input NAME=VALUE             Value of \${input:NAME} in the preset. Can be repeated.
  --function NAME                Name or ARN of the function, without a preset.
  --qualifier QUALIFIER          Version or alias.
  --payload JSON                 Payload.
  --payload-file FILE            File with the payload. - reads stdin.
  --invocation-type TYPE         RequestResponse, Event, or DryRun. Default: RequestResponse.
  --log-type TYPE                Tail or None. Default: Tail.
  --client-context JSON          Client context.
  --tenant-id ID                 Tenant ID.
  --durable-execution-name NAME  Name of the durable execution.
  --stream                       Streams the response.

Connection:
  --local              Invokes a local function.
  --profile NAME       AWS profile. Overrides that of the preset.
  --region REGION      AWS Region. Overrides that of the preset.
  --workspace DIR      Folder with the presets and the local functions. Default: the current folder.

Protection:
  --confirm PATTERN    Requires --yes for a profile, account, or function that matches. * matches any text. Can be
                       repeated. Adds to "confirm" in the presets file and to LAMBDA_INVOKE_CONFIRM, which separates
                       patterns with commas.
  --yes                Invokes a protected function.
  --allow-endpoint     Allows the preset to use its own endpoint.

Exit codes: 0 if the function succeeded, 1 for a function error, 2 for wrong options, or if there is no response or it
couldn't be written, 130 after Ctrl+C.`,

  logs: `Usage: lambda-invoke logs --function NAME [options]
       lambda-invoke logs --log-group NAME [options]

Writes the log of a function in CloudWatch Logs to stdout, oldest first, and everything else to stderr.

Log:
  --function NAME    Name or ARN of the function.
  --log-group NAME   Name or ARN of the log group. Default: the one in the function's configuration.
  --request ID       Writes the whole log of this request. Waits up to two minutes for its report.
  --since TIME       Start of the log: a duration such as 30s, 10m, 2h, or 1d, or an ISO 8601 time. Default: 10m.
  --follow           Writes new events, including late ones, until Ctrl+C. Doesn't use Live Tail, which is charged.
  --json             Writes one JSON object for each event.

Connection:
  --local            Not available: local functions have no log in CloudWatch Logs.
  --profile NAME     AWS profile.
  --region REGION    AWS Region.

Permissions: logs:FilterLogEvents on the log group, and lambda:GetFunctionConfiguration on the function. Without the
latter, the log group is /aws/lambda/NAME.

Exit codes: 0 if the log was read or the reader of stdout is gone, 1 if the log of the request is incomplete, 2 for wrong
options, or if the log can't be read or written, 130 after Ctrl+C.`,
} as const;
